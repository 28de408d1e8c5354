/**
 * Shares a read among callers without ever giving an answer older than the question: a caller joins only a read that
 * has not begun yet. While one is under way, all later callers wait together for the next. Sixteen requests that
 * arrive at once with one token so cost one or two statements, and a revocation still holds from the next request on.
 */
export class FreshRead<Key, Value> {
  readonly #load: (key: Key) => Promise<Value>
  readonly #entries = new Map<Key, { running: Promise<unknown>; next: Promise<Value> | undefined }>()

  constructor(load: (key: Key) => Promise<Value>) {
    this.#load = load
  }

  read(key: Key): Promise<Value> {
    const entry = this.#entries.get(key)
    if (!entry) return this.#begin(key)
    entry.next ??= entry.running.then(
      () => this.#begin(key),
      () => this.#begin(key),
    )
    return entry.next
  }

  #begin(key: Key): Promise<Value> {
    const running = this.#load(key)
    const entry = { running, next: undefined }
    this.#entries.set(key, entry)
    const done = () => {
      if (this.#entries.get(key) === entry && !entry.next) this.#entries.delete(key)
    }
    running.then(done, done)
    return running
  }
}
