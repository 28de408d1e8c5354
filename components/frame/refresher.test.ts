import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { createRefresher, type Refresher } from './refresher.tsx'

let page: { hidden: boolean }
let times: number[]
let gathered: { pending: number; paused: boolean }
let refresher: Refresher

beforeEach(() => {
  vi.useFakeTimers({ now: 1_000_000 })
  page = { hidden: false }
  vi.stubGlobal('document', page)
  vi.stubGlobal('window', globalThis)
  times = []
  gathered = { pending: 0, paused: false }
  refresher = createRefresher(
    () => times.push(Date.now() - 1_000_000),
    (state) => {
      gathered = state
    },
  )
  refresher.reach(true)
})
afterEach(() => {
  vi.unstubAllGlobals()
  vi.useRealTimers()
})

/** A push that changes something every 50 ms; each rendering takes so long. */
function push(milliseconds: number, rendering: number): void {
  const end = Date.now() + milliseconds
  let shown = times.length
  while (Date.now() < end) {
    refresher.changed()
    vi.advanceTimersByTime(50)
    if (times.length > shown && Date.now() - 1_000_000 >= (times.at(-1) ?? 0) + rendering) {
      shown = times.length
      refresher.done()
    }
  }
}

test('after a quiet moment a change is shown at once', () => {
  refresher.changed()
  vi.advanceTimersByTime(100)
  expect(times).toEqual([50])
})

test('while changes stream in, a page is rendered more than twice and at most three times a second', () => {
  push(10_000, 50)
  expect(times.length).toBeGreaterThanOrEqual(24)
  expect(times.length).toBeLessThanOrEqual(30)
})

test('a slow server is asked less often, and never again before its last answer is there', () => {
  push(20_000, 1_000)
  const pauses = times.slice(3).map((time, i) => time - (times[i + 2] ?? 0))
  expect(pauses.length).toBeGreaterThan(3)
  for (const pause of pauses) expect(pause).toBeGreaterThanOrEqual(1_500)
})

test('an answer that never comes is not waited for without end', () => {
  refresher.changed()
  vi.advanceTimersByTime(100)
  refresher.changed()
  vi.advanceTimersByTime(9_000)
  expect(times).toHaveLength(1)
  vi.advanceTimersByTime(1_100)
  expect(times).toHaveLength(2)
})

test('a tab that nobody sees asks for nothing, and for what it missed when it is looked at', () => {
  page.hidden = true
  push(5_000, 50)
  expect(times).toEqual([])
  page.hidden = false
  refresher.seen()
  vi.advanceTimersByTime(100)
  expect(times).toHaveLength(1)
})

test('a server that is away is not asked', () => {
  refresher.reach(false)
  push(5_000, 50)
  expect(times).toEqual([])
})

test('what comes while the reader reads on is gathered, counted, and shown once', () => {
  refresher.hold(true)
  push(1_000, 50)
  expect(times).toEqual([])
  expect(gathered).toEqual({ pending: 20, paused: false })
  refresher.hold(false)
  vi.advanceTimersByTime(100)
  expect(times).toHaveLength(1)
  expect(gathered.pending).toBe(0)
})

test('paused, it stays so until the reader goes on or asks', () => {
  refresher.pause(true)
  refresher.changed()
  refresher.hold(true)
  refresher.hold(false)
  vi.advanceTimersByTime(5_000)
  expect(times).toEqual([])
  expect(gathered).toEqual({ pending: 1, paused: true })
  refresher.show()
  vi.advanceTimersByTime(100)
  expect(times).toHaveLength(1)
  refresher.stop()
})
