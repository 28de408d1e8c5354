import { pool, prepared } from '#lib/db/pool'
import { announce } from '#lib/live/announce'
import { logger } from '#lib/platform/logger'
import { singleton } from '#lib/platform/singleton'
import { isKept } from './anonymous-exchanges.ts'
import type { ExchangeDraft } from './exchange.ts'
import { exchangesJson, INSERT_EXCHANGES } from './exchange-sql.ts'
import { observeExchanges } from './observe-exchanges.ts'

const FLUSH_AFTER_MS = 100
const FLUSH_AT = 200
/** Beyond this many unwritten exchanges (the database is away) the oldest are given up, and the log says how many. */
const KEEP_AT_MOST = 20_000

/**
 * Writes exchanges after their answers, many in one statement: those of requests that changed nothing (the others stand
 * in the transaction of their change), and for all of them what they tell about their connection.
 */
class ExchangeWriter {
  #waiting: ExchangeDraft[] = []
  #timer: NodeJS.Timeout | undefined
  #writing: Promise<void> = Promise.resolve()
  #lost = 0

  add(draft: ExchangeDraft): void {
    if (!isKept(draft)) return
    this.#waiting.push(draft)
    if (this.#waiting.length > KEEP_AT_MOST) {
      this.#waiting.shift()
      this.#lost++
    }
    if (this.#waiting.length === FLUSH_AT) this.flush()
    else this.#timer ??= setTimeout(() => this.flush(), FLUSH_AFTER_MS)
  }

  get waiting(): number {
    return this.#waiting.length
  }

  /** Resolves when everything added so far is written (or its writing has failed and been logged). */
  flush(): Promise<void> {
    clearTimeout(this.#timer)
    this.#timer = undefined
    this.#writing = this.#writing.then(() => this.#write())
    return this.#writing
  }

  async #write(): Promise<void> {
    const drafts = this.#waiting.splice(0, 1_000)
    if (drafts.length === 0) return
    try {
      const unrecorded = drafts.filter((draft) => !draft.recorded)
      if (unrecorded.length > 0)
        await prepared(pool(), 'insert-exchanges', INSERT_EXCHANGES, [exchangesJson(unrecorded)])
      for (const draft of unrecorded) draft.recorded = true
      await observeExchanges(drafts)
      for (const teamId of new Set(drafts.map((draft) => draft.teamId))) announce(teamId, 'activity')
    } catch (cause) {
      logger().error(
        { err: cause, exchanges: drafts.length, lost: this.#lost },
        'could not write exchanges; trying again',
      )
      this.#waiting = [...drafts, ...this.#waiting]
      this.#timer ??= setTimeout(() => this.flush(), 1_000)
      return
    }
    if (this.#waiting.length > 0) await this.#write()
  }
}

export function exchangeWriter(): ExchangeWriter {
  return singleton('exchange-writer', () => new ExchangeWriter())
}
