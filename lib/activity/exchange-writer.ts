import { pool, prepared } from '#lib/db/pool'
import { announce } from '#lib/live/announce'
import { logger } from '#lib/platform/logger'
import { singleton } from '#lib/platform/singleton'
import { isKept } from './anonymous-exchanges.ts'
import type { ExchangeDraft } from './exchange.ts'
import { exchangeRows, exchangeValues, INSERT_EXCHANGES } from './exchange-sql.ts'
import { observeExchanges } from './observe-exchanges.ts'

const FLUSH_AFTER_MS = 100
const FLUSH_AT = 200
/** A statement's size stays bounded. */
const AT_ONCE = 1_000
const TRY_AGAIN_AFTER_MS = 1_000
/** Beyond this many unwritten exchanges (the database is away) the oldest are given up, and the log says how many. */
const KEEP_AT_MOST = 20_000
/** The same for what they hold: 32 million characters of one or two bytes each. */
const KEEP_CHARACTERS_AT_MOST = 32 * 2 ** 20
/** An exchange without its bodies, roughly; a change of one attribute. */
const EACH = 2_000
const EACH_CHANGE = 200

/**
 * Writes exchanges after their answers, many in one statement: those of requests that changed nothing (the others stand
 * in the transaction of their change), and for all of them what they tell about their connection.
 */
class ExchangeWriter {
  #waiting: ExchangeDraft[] = []
  #timer: NodeJS.Timeout | undefined
  #writing: Promise<void> = Promise.resolve()
  /** The writing that has not begun yet: it will write whatever is added until then. */
  #next: Promise<void> | undefined
  #lost = 0
  /** Of all that wait and those that are being written. */
  #characters = 0

  /** The answer is there: it is not the request that takes the time until its record is written. */
  add(draft: ExchangeDraft): void {
    draft.endedAt ??= performance.now()
    if (!isKept(draft)) return
    this.#waiting.push(draft)
    this.#characters += charactersOf(draft)
    while (this.#waiting.length > KEEP_AT_MOST || this.#characters > KEEP_CHARACTERS_AT_MOST) {
      const oldest = this.#waiting.shift()
      if (!oldest) break
      this.#characters -= charactersOf(oldest)
      this.#lost++
    }
    if (this.#waiting.length === FLUSH_AT) this.flush()
    else this.#timer ??= setTimeout(() => this.flush(), FLUSH_AFTER_MS)
  }

  /** How many exchanges wait. */
  get waiting(): number {
    return this.#waiting.length
  }

  /** Resolves when everything added so far is written (or its writing has failed and been logged). */
  flush(): Promise<void> {
    clearTimeout(this.#timer)
    this.#timer = undefined
    this.#next ??= this.#writing.then(() => {
      this.#next = undefined
      return this.#write()
    })
    this.#writing = this.#next
    return this.#writing
  }

  /** What comes meanwhile waits for the next time: else it would be written a request or two at once, without end. */
  async #write(): Promise<void> {
    for (let left = this.#waiting.length; left > 0; left -= AT_ONCE) {
      const batch = this.#waiting.splice(0, Math.min(left, AT_ONCE))
      const unwritten = await this.#writeBatch(batch)
      const kept = new Set(unwritten)
      for (const draft of batch) if (!kept.has(draft)) this.#characters -= charactersOf(draft)
      if (unwritten.length === 0) continue
      this.#waiting = [...unwritten, ...this.#waiting]
      clearTimeout(this.#timer)
      this.#timer = setTimeout(() => this.flush(), TRY_AGAIN_AFTER_MS)
      return
    }
  }

  /** Returns what could not be written, and is to be tried again a little later. */
  async #writeBatch(drafts: ExchangeDraft[]): Promise<ExchangeDraft[]> {
    try {
      const unrecorded = drafts.filter((draft) => !draft.recorded)
      if (unrecorded.length > 0)
        await prepared(pool(), 'insert-exchanges', INSERT_EXCHANGES, [
          await exchangeRows(unrecorded.map(exchangeValues)),
        ])
      for (const draft of unrecorded) draft.recorded = true
      await observeExchanges(drafts)
      for (const teamId of new Set(drafts.map((draft) => draft.teamId))) announce(teamId, 'activity')
      return []
    } catch (cause) {
      if (isAtFault(cause)) return this.#writeApart(drafts, cause)
      logger().error(
        { err: cause, exchanges: drafts.length, lost: this.#lost },
        'could not write exchanges; trying again',
      )
      return drafts
    }
  }

  /** Whatever one request has brought about, the records of all others are kept: that one's alone is given up. */
  async #writeApart(drafts: ExchangeDraft[], cause: unknown): Promise<ExchangeDraft[]> {
    if (drafts.length === 1) {
      this.#lost++
      logger().error({ err: cause, requestId: drafts[0]?.id }, 'could not write an exchange; giving it up')
      return []
    }
    const half = drafts.length >> 1
    const unwritten = await this.#writeBatch(drafts.slice(0, half))
    return unwritten.length > 0 ? [...unwritten, ...drafts.slice(half)] : this.#writeBatch(drafts.slice(half))
  }
}

/** What it holds, roughly: nothing of it changes once it waits. */
function charactersOf({ requestBody, responseBody, changes }: ExchangeDraft): number {
  const bodies = (requestBody?.length ?? 0) + (responseBody?.length ?? 0)
  return EACH + bodies + EACH_CHANGE * (changes?.length ?? 0)
}

/** Whether what was to be written is what prevents it, for good: a value, or more text than one statement can be. */
function isAtFault(cause: unknown): boolean {
  const { code } = cause as { code?: unknown }
  return cause instanceof RangeError || (typeof code === 'string' && /^2[23]...$/.test(code))
}

export function exchangeWriter(): ExchangeWriter {
  return singleton('exchange-writer', () => new ExchangeWriter())
}
