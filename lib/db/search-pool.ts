import pg from 'pg'
import { env } from '#lib/platform/env'
import { logger } from '#lib/platform/logger'
import { forget, peek, singleton } from '#lib/platform/singleton'
import { FairQueue, QueueFull } from './fair-queue.ts'
import { pool, prepared, survive, withoutWorkers } from './pool.ts'

/** How long a search that no index answers may take. */
export const SEARCH_TIMEOUT_MS = 5_000
const CONNECTIONS = 3
const QUERY_CANCELED = '57014'

/**
 * A few connections apart from the pool, each statement on them bounded in time: searches whose cost a client chooses run
 * here, so that they wait for each other and never for, or before, anything else. Each takes one core at most.
 */
function searchPool(): pg.Pool {
  return singleton('search-pool', () => {
    const made = new pg.Pool({
      connectionString: process.env.DATABASE_URL ?? env().DATABASE_URL,
      max: CONNECTIONS,
      statement_timeout: SEARCH_TIMEOUT_MS,
      idleTimeoutMillis: 30_000,
      connectionTimeoutMillis: 10_000,
      application_name: 'muster search',
      types: (pool() as unknown as { options: pg.PoolConfig }).options.types,
      onConnect: withoutWorkers,
    })
    made.on('error', (cause) => logger().warn({ err: cause }, 'idle search connection lost'))
    made.on('connect', survive)
    return made
  })
}

const queue = () =>
  singleton(
    'search-queue',
    () => new FairQueue({ slots: CONNECTIONS, perOwner: 1, waitingPerOwner: 20, patienceMs: 15_000 }),
  )

/**
 * Runs a bounded search, one at a time for each `owner` (a team, and what of it asks); with a `name` it is prepared. Throws
 * SearchTooSlow when it took longer than SEARCH_TIMEOUT_MS, SearchBusy when too many of the owner's are waiting already.
 */
export async function search<Row extends pg.QueryResultRow>(
  owner: string,
  text: string,
  values: unknown[],
  name?: string,
): Promise<pg.QueryResult<Row>> {
  try {
    return await queue().run(owner, () =>
      name ? prepared(searchPool(), name, text, values) : searchPool().query<Row>(text, values),
    )
  } catch (cause) {
    if (cause instanceof QueueFull) throw new SearchBusy()
    if ((cause as { code?: string }).code === QUERY_CANCELED) throw new SearchTooSlow()
    throw cause
  }
}

/** How many searches run and wait in this process. */
export function searchLoad(): { running: number; waiting: number } {
  return queue().load()
}

export class SearchTooSlow extends Error {
  override readonly name = 'SearchTooSlow'
}

export class SearchBusy extends Error {
  override readonly name = 'SearchBusy'
}

export async function closeSearchPool(): Promise<void> {
  const made = peek<pg.Pool>('search-pool')
  forget('search-pool')
  await made?.end()
}
