import type { Permit } from './permit.ts'

/** Rows by key, and which of the tokens that the statement was asked for are good. */
type Read<Row> = { rows: ReadonlyMap<string, Row>; good?: ReadonlySet<string> }
type Gathering<Row> = { keys: Set<string>; tokens: Set<string>; loaded: Promise<Read<Row>> }
type Scope<Row> = { running: Gathering<Row>; next: Gathering<Row> | undefined }

/**
 * Gathers reads of single rows into one statement, without ever giving an answer older than its question: a caller joins
 * only a read that has not begun yet. What is asked for in one turn of the event loop is read together, and while one
 * statement of a scope (a team) is under way, all later callers wait for the next. Sixteen requests at once so cost two
 * or three statements instead of sixteen, and a single one costs its own. What is revoked is refused from the next
 * request on all the same: the statement finds as well which of its callers' tokens are good, for each its own.
 */
export class FreshReads<Row> {
  readonly #load: (scope: string, keys: string[], tokens: string[]) => Promise<Read<Row>>
  readonly #scopes = new Map<string, Scope<Row>>()

  /**
   * @param load  reads the rows of one scope by key, in one statement; a key without a row is left out. It is handed the
   *   hashes of tokens only where `read` is handed permits.
   */
  constructor(load: (scope: string, keys: string[], tokens: string[]) => Promise<Read<Row>>) {
    this.#load = load
  }

  /** The row as it is now. Rejects with what the request is refused with when its permit turns out to be void. */
  async read(scope: string, key: string, permit?: Permit): Promise<Row | undefined> {
    const gathering = this.#open(scope)
    gathering.keys.add(key)
    const token = permit?.unproven
    if (token) gathering.tokens.add(token)
    const { rows, good } = await gathering.loaded
    if (token) await permit.found(good?.has(token) === true)
    return rows.get(key)
  }

  /** The read of this scope that has not begun yet. */
  #open(scope: string): Gathering<Row> {
    const state = this.#scopes.get(scope)
    if (state?.next) return state.next
    const gathering: Gathering<Row> = {
      keys: new Set(),
      tokens: new Set(),
      loaded: undefined as unknown as Promise<Read<Row>>,
    }
    if (state) {
      state.next = gathering
      const begin = () => this.#begin(scope, gathering)
      gathering.loaded = state.running.loaded.then(begin, begin)
    } else {
      this.#scopes.set(scope, { running: gathering, next: gathering })
      gathering.loaded = new Promise<void>((turnIsOver) => setImmediate(turnIsOver)).then(() =>
        this.#begin(scope, gathering),
      )
    }
    return gathering
  }

  #begin(scope: string, gathering: Gathering<Row>): Promise<Read<Row>> {
    const state = { running: gathering, next: undefined }
    this.#scopes.set(scope, state)
    const over = () => {
      if (this.#scopes.get(scope) === state && !state.next) this.#scopes.delete(scope)
    }
    const loaded = this.#load(scope, [...gathering.keys], [...gathering.tokens])
    // Before whoever waits goes on: what asks then asks anew.
    loaded.then(over, over)
    return loaded
  }
}
