import pg from 'pg'
import { env } from '#lib/platform/env'
import { logger } from '#lib/platform/logger'
import { singleton } from '#lib/platform/singleton'
import { LIVE_CHANNEL, TOPICS, type Topic } from './announce.ts'

type Listener = (topics: Topic[]) => void
const RECONNECT_MS = 1_000

/** One LISTEN connection per process, for all of its open pages; it reconnects, and then tells every page to read anew. */
class LiveHub {
  #listeners = new Map<string, Set<Listener>>()
  #client: pg.Client | undefined
  #closed = false

  subscribe(teamId: string, listener: Listener): () => void {
    const set = this.#listeners.get(teamId) ?? new Set()
    this.#listeners.set(teamId, set.add(listener))
    if (!this.#client && !this.#closed) void this.#connect()
    return () => {
      set.delete(listener)
      if (set.size === 0) this.#listeners.delete(teamId)
    }
  }

  async close(): Promise<void> {
    this.#closed = true
    await this.#client?.end().catch(() => undefined)
  }

  async #connect(): Promise<void> {
    const client = new pg.Client({
      connectionString: process.env.DATABASE_URL ?? env().DATABASE_URL,
      application_name: 'muster live',
      keepAlive: true,
    })
    this.#client = client
    let over = false
    const retry = (cause: unknown) => {
      if (over) return
      over = true
      client.end().catch(() => undefined)
      if (this.#closed) return
      logger().warn({ err: cause }, 'live updates lost their database connection; reconnecting')
      setTimeout(() => void this.#connect(), RECONNECT_MS)
    }
    client.on('error', retry)
    client.on('end', () => retry(undefined))
    client.on('notification', ({ payload }) => {
      const [teamId = '', topics = ''] = (payload ?? '').split(' ')
      for (const listener of this.#listeners.get(teamId) ?? []) listener(topics.split(',') as Topic[])
    })
    try {
      await client.connect()
      await client.query(`LISTEN ${LIVE_CHANNEL}`)
      // What was announced before is not repeated: every page reads again.
      for (const set of this.#listeners.values()) for (const listener of set) listener([...TOPICS])
    } catch (cause) {
      retry(cause)
    }
  }
}

function hub(): LiveHub {
  return singleton('live-hub', () => new LiveHub())
}

/** Calls `listener` whenever something of the team changed, on whichever process. Returns how to stop. */
export function subscribe(teamId: string, listener: Listener): () => void {
  return hub().subscribe(teamId, listener)
}

export function closeLive(): Promise<void> {
  return hub().close()
}
