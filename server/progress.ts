export type Step = <T>(work: () => Promise<T> | T, done: (result: T) => string | null) => Promise<T>

/** Runs one step of the start and says in a line what is done now and how long it took. `null`: nothing to say. */
export const step: Step = async (work, done) => {
  const started = performance.now()
  const result = await work()
  const line = done(result)
  if (line) console.log(`✓ ${line} ${seconds(performance.now() - started)}`)
  return result
}

/** For the command line, whose output belongs to its commands. */
export const silently: Step = async (work) => work()

export function seconds(milliseconds: number): string {
  return `${(milliseconds / 1000).toFixed(1)} s`
}
