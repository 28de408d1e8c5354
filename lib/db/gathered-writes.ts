/** How many statements of one scope run at once: while one waits for the disk the other works. */
const LANES = 2
/** A statement's size stays bounded: its rows hold up to some ten kilobytes each. */
const ROWS_AT_MOST = 32

type Waiting<Item, Result> = {
  item: Item
  resolve: (result: Result) => void
  reject: (cause: unknown) => void
}
type Scope<Item, Result> = { waiting: Waiting<Item, Result>[]; running: number; starting: boolean }
export type Writers<Item, Result> = {
  /** Writes one, in one statement. */
  one: (scope: string, item: Item) => Promise<Result>
  /** Writes several in one statement, all or none; the results in the items' order. */
  many: (scope: string, items: Item[]) => Promise<Result[]>
}

/**
 * Gathers writes of single rows into one statement, the other side of FreshReads: what is asked for in one turn of the
 * event loop, or while the statements of a scope (a team) are under way, is written and committed together, and nobody is
 * answered before. Sixteen writes at once so cost two statements and two commits. A lone write costs its own. What
 * PostgreSQL refuses with one of several is written one by one, so that each gets the answer that is its own.
 */
export class GatheredWrites<Item, Result> {
  readonly #writers: Writers<Item, Result>
  readonly #scopes = new Map<string, Scope<Item, Result>>()

  constructor(writers: Writers<Item, Result>) {
    this.#writers = writers
  }

  write(scope: string, item: Item): Promise<Result> {
    const state = this.#scopes.get(scope) ?? { waiting: [], running: 0, starting: false }
    this.#scopes.set(scope, state)
    return new Promise((resolve, reject) => {
      state.waiting.push({ item, resolve, reject })
      this.#start(scope, state)
    })
  }

  #start(scope: string, state: Scope<Item, Result>): void {
    if (state.starting || state.running === LANES || state.waiting.length === 0) return
    state.starting = true
    setImmediate(() => {
      state.starting = false
      state.running++
      void this.#run(scope, state.waiting.splice(0, ROWS_AT_MOST)).finally(() => {
        state.running--
        if (state.running + state.waiting.length === 0 && !state.starting) this.#scopes.delete(scope)
        else this.#start(scope, state)
      })
      this.#start(scope, state)
    })
  }

  /** Never rejects: whoever waits is told. */
  async #run(scope: string, batch: Waiting<Item, Result>[]): Promise<void> {
    if (batch.length > 1) {
      try {
        const results = await this.#writers.many(
          scope,
          batch.map(({ item }) => item),
        )
        for (const [i, { resolve }] of batch.entries()) resolve(results[i] as Result)
        return
      } catch (cause) {
        if (!refused(cause)) {
          for (const { reject } of batch) reject(cause)
          return
        }
      }
    }
    await Promise.all(
      batch.map(({ item, resolve, reject }) => this.#writers.one(scope, item).then(resolve, reject)),
    )
  }
}

/**
 * Whether PostgreSQL itself said no, and so has done nothing. After a lost connection or a shutdown (classes 08, 57) a
 * commit may have been made all the same: to write again would answer wrongly.
 */
export function refused(cause: unknown): boolean {
  const { code, severity } = (cause ?? {}) as { code?: unknown; severity?: unknown }
  return severity === 'ERROR' && typeof code === 'string' && !/^(08|57)/.test(code)
}
