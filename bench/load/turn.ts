/** Whether this load takes turns with another. */
export const takesTurns = Boolean(process.env.BENCH_IN_TURN)

/**
 * Where two loads take turns (bench/main.ts): lets the other one work, and resolves when it is this one's turn again. Alone
 * it resolves at once.
 */
export function nextTurn(): Promise<void> {
  if (!takesTurns) return Promise.resolve()
  return new Promise((resolve) => {
    process.once('message', () => resolve())
    process.send?.('waiting')
  })
}
