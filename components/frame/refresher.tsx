import { AT_LEAST_MS, REFRESH_EVERY_MS, REST } from './refresh-pace.ts'

/** Whatever became of it by then. */
const LONGEST_MS = 10_000

export type Refresher = {
  /** Something changed on the server. */
  changed(): void
  /** The tab may have been hidden; it is looked at now. */
  seen(): void
  /** The page has been rendered. */
  done(): void
  /** Shows what is new at once, held or not. */
  show(): void
  /** Whether the server is there; while it is not, nothing is asked of it. */
  reach(reachable: boolean): void
  /** Gather changes instead of showing them, so that rows do not shift under the reader. */
  hold(held: boolean): void
  /** The same, by the reader's own choice. */
  pause(paused: boolean): void
  stop(): void
}

/**
 * When a page is rendered again: at once after a quiet moment, else at most three times a second, less often where it takes
 * long, and not before the last one is there, which it would replace; never while the tab is hidden, and not while it is
 * held or paused. `gathered` is told how many changes wait, and whether the reader paused.
 */
export function createRefresher(
  refresh: () => void,
  gathered: (state: { pending: number; paused: boolean }) => void,
): Refresher {
  let reachable = false
  let held = false
  let paused = false
  let pending = 0
  let last = 0
  /** How long the last two took. */
  let took = [0, 0]
  let reading = false
  let timer = 0

  function soon() {
    if (!document.hidden && !timer && reachable) plan()
  }
  function plan() {
    const pause = reading ? LONGEST_MS : Math.max(REFRESH_EVERY_MS, REST * Math.min(...took))
    timer = window.setTimeout(
      () => {
        timer = 0
        // A refresh that meets no server would leave the page for the browser's own error page.
        if (!reachable) return
        last = Date.now()
        reading = true
        refresh()
      },
      Math.max(AT_LEAST_MS, last + pause - Date.now()),
    )
  }
  function tell(count: number) {
    pending = count
    gathered({ pending, paused })
  }
  function release() {
    const waiting = pending > 0
    tell(held || paused ? pending : 0)
    if (waiting && !held && !paused) soon()
  }
  return {
    changed: () => (held || paused ? tell(pending + 1) : soon()),
    seen: () => {
      if (!document.hidden && !held && !paused) soon()
    },
    done: () => {
      reading = false
      took = [took[1] ?? 0, Math.min(Date.now() - last, LONGEST_MS)]
      if (!timer) return
      clearTimeout(timer)
      plan()
    },
    show: () => {
      tell(0)
      soon()
    },
    reach: (next) => {
      reachable = next
    },
    hold: (next) => {
      if (held === next) return
      held = next
      release()
    },
    pause: (next) => {
      paused = next
      release()
    },
    stop: () => {
      clearTimeout(timer)
      timer = 0
    },
  }
}
