type Loaded<Row> = Promise<ReadonlyMap<string, Row>>
type Gathering<Row> = { keys: Set<string>; loaded: Loaded<Row> }
type Scope<Row> = { running: Gathering<Row>; next: Gathering<Row> | undefined }

/**
 * Gathers reads of single rows into one statement, without ever giving an answer older than its question: a caller joins
 * only a read that has not begun yet. What is asked for in one turn of the event loop is read together, and while one
 * statement of a scope (a team) is under way, all later callers wait for the next. Sixteen requests at once so cost two
 * or three statements instead of sixteen, and a single one costs its own. What is revoked is refused from the next
 * request on all the same.
 */
export class FreshReads<Row> {
  readonly #load: (scope: string, keys: string[]) => Loaded<Row>
  readonly #scopes = new Map<string, Scope<Row>>()

  /** @param load  reads the rows of one scope by key, in one statement; a key without a row is left out */
  constructor(load: (scope: string, keys: string[]) => Loaded<Row>) {
    this.#load = load
  }

  async read(scope: string, key: string): Promise<Row | undefined> {
    const gathering = this.#open(scope)
    gathering.keys.add(key)
    return (await gathering.loaded).get(key)
  }

  /** The read of this scope that has not begun yet. */
  #open(scope: string): Gathering<Row> {
    const state = this.#scopes.get(scope)
    if (state?.next) return state.next
    const gathering: Gathering<Row> = { keys: new Set(), loaded: undefined as unknown as Loaded<Row> }
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

  #begin(scope: string, gathering: Gathering<Row>): Loaded<Row> {
    const state = { running: gathering, next: undefined }
    this.#scopes.set(scope, state)
    const over = () => {
      if (this.#scopes.get(scope) === state && !state.next) this.#scopes.delete(scope)
    }
    const loaded = this.#load(scope, [...gathering.keys])
    // Before whoever waits goes on: what asks then asks anew.
    loaded.then(over, over)
    return loaded
  }
}
