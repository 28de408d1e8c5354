/**
 * Does a long work in its steps (each `yield` ends one), and lets whatever else waits have its turn between two. So that
 * what one request takes long to compute does not keep all others waiting.
 */
export async function stepByStep<T>(steps: Generator<unknown, T>): Promise<T> {
  for (;;) {
    const { done, value } = steps.next()
    if (done) return value
    await new Promise((resolve) => setImmediate(resolve))
  }
}
