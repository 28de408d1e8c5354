/** Calls `work` at once, and again so many milliseconds after the last time for all that was asked for in between. */
export function pace(everyMs: number, work: () => void): { call(): void; cancel(): void } {
  let last = Number.NEGATIVE_INFINITY
  let timer: NodeJS.Timeout | undefined
  const now = () => {
    timer = undefined
    last = performance.now()
    work()
  }
  return {
    call() {
      if (timer) return
      const wait = last + everyMs - performance.now()
      if (wait <= 0) now()
      else timer = setTimeout(now, wait)
    },
    cancel: () => clearTimeout(timer),
  }
}
