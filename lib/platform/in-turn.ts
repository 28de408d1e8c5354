import { singleton } from './singleton.ts'

/**
 * Runs works with the same key one after the other, in the order in which they came, whatever became of those before.
 * For writes that PostgreSQL would make wait for each other's row lock anyway: they wait here, where waiting costs no
 * connection, no wake-up, and no second look at a row that changed meanwhile. Other processes are kept apart by the lock.
 */
export function inTurn<T>(key: string, work: () => Promise<T>): Promise<T> {
  /** The last work of each key that has not ended yet. */
  const last = singleton('in-turn', () => new Map<string, Promise<unknown>>())
  const before = last.get(key)
  const running = before ? before.then(work, work) : work()
  last.set(key, running)
  const over = () => {
    if (last.get(key) === running) last.delete(key)
  }
  running.then(over, over)
  return running
}
