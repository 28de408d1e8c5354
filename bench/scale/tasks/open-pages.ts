import { AT_LEAST_MS, REFRESH_EVERY_MS, REST } from '../../../components/frame/refresh-pace.ts'
import { quantile } from '../../load/bench.ts'
import type { Browser } from '../world/browser.ts'

/** Milliseconds from a change's answer to the event that tells a page of it, and what the pages in front then read. */
export type Heard = { announced: number[]; unheard: number; refreshes: number[]; failed: number }

/**
 * Opens a team's overview so many times; `visible` of them are in front and read their page anew, as components/frame/refresher.tsx
 * does it; the others are behind, and wait until they are looked at. `answered` grows with each change that was answered.
 */
export async function openPages(
  browser: Browser,
  slug: string,
  pages: number,
  visible: number,
  answered: readonly number[],
): Promise<{ close(): Heard }> {
  const announced: number[] = []
  const refreshes: number[] = []
  let failed = 0
  /** How many of the changes each has heard of. */
  const heard = Array.from({ length: pages }, () => answered.length)
  const refresh = async () => {
    const began = performance.now()
    await browser.refresh(`/${slug}`).catch(() => failed++)
    refreshes.push(performance.now() - began)
  }
  const streams = await Promise.all(
    heard.map((_, page) => {
      const look = page < visible ? paced(refresh) : () => {}
      return browser.events(slug, () => {
        // The oldest of them has waited longest: the others are kept out of the load's own cost.
        const first = answered[heard[page] as number]
        if (first !== undefined) announced.push(performance.now() - first)
        heard[page] = answered.length
        look()
      })
    }),
  )
  return {
    close() {
      for (const close of streams) close()
      const unheard = heard.filter((place) => place < answered.length).length
      return { announced: sorted(announced), unheard, refreshes: sorted(refreshes), failed }
    },
  }
}

function paced(work: () => Promise<void>): () => void {
  let last = Number.NEGATIVE_INFINITY
  let took = [0, 0]
  let waiting = false
  return () => {
    if (waiting) return
    waiting = true
    const wait = last + Math.max(REFRESH_EVERY_MS, REST * Math.min(...took)) - performance.now()
    setTimeout(
      async () => {
        waiting = false
        last = performance.now()
        await work()
        took = [took[1] ?? 0, performance.now() - last]
      },
      Math.max(AT_LEAST_MS, wait),
    )
  }
}

export const sorted = (values: number[]) => values.sort((a, b) => a - b)

export const spread = (values: readonly number[]) => ({
  p50: quantile(values, 0.5),
  p95: quantile(values, 0.95),
  max: quantile(values, 1),
})
