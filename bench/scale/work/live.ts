import { setTimeout as delay } from 'node:timers/promises'
import { type Bench, quantile, round } from '../../load/bench.ts'
import { Browser } from '../world/browser.ts'
import type { World } from '../world/make-world.ts'

const TABS = 200
const CHANGES = 10_000
const LIMIT_MS = 1_000

/** How long each refresh took, and how many were not answered with a page. */
type Refreshes = { took: number[]; failed: number }

/**
 * Pushes 10,000 changes with no page open, then with 200 open: how long after its answer a change is announced to each of
 * them, and what of the rate is left. `visible` of the tabs are in front and read their page anew, once a second at most,
 * as a browser does; the others are behind, and wait until they are looked at.
 */
export async function live(
  bench: Bench,
  url: string,
  world: World,
  ids: string[],
  visible: number,
): Promise<void> {
  const changes = bench.count(CHANGES)
  /** When each change was answered, in order; a page has heard of those before its own place in the list. */
  const answered: number[] = []
  const push = (name: string, done: () => void) =>
    bench.phase(name, 16, changes, async (n) => {
      const title = bench.unique(`Title ${n}`)
      const operations = [{ op: 'replace', path: 'title', value: title }]
      await bench.scim.must([200], 'PATCH', `/Users/${ids[n % ids.length]}`, { Operations: operations })
      done()
    })
  await push('changes, warming up', () => {})
  const alone = await push('changes, no page open', () => {})
  const browser = await Browser.signIn(url, world.email, world.password, TABS + 32)
  const heard = Array.from({ length: TABS }, () => 0)
  const latencies: number[] = []
  const refreshes = { took: [] as number[], failed: 0 }
  const tabs = await Promise.all(
    heard.map((_, tab) => {
      const refresh = tab < visible ? refresher(browser, `/${world.slug}`, refreshes) : () => {}
      return browser.events(world.slug, () => {
        const now = performance.now()
        // The oldest of them has waited longest: the others are kept out of the load's own cost.
        const first = answered[heard[tab] as number]
        if (first !== undefined) latencies.push(now - first)
        heard[tab] = answered.length
        refresh()
      })
    }),
  )
  await delay(1_000)
  const watched = await push(`changes, ${TABS} pages open`, () => answered.push(performance.now()))
  await delay(2_500)
  const unheard = heard.filter((place) => place < answered.length).length
  for (const close of tabs) close()
  await browser.close()
  latencies.sort((a, b) => a - b)
  refreshes.took.sort((a, b) => a - b)
  const p95 = quantile(latencies, 0.95)
  const left = round(watched.perSecond / alone.perSecond)
  bench.note(`a change is announced to ${TABS} pages within a second`, p95 <= LIMIT_MS && unheard === 0, {
    p50: quantile(latencies, 0.5),
    p95,
    max: quantile(latencies, 1),
    unheard,
  })
  bench.note(
    `0.9 of the rate is left with ${visible} of them in front`,
    left >= 0.9 && refreshes.failed === 0,
    {
      left,
      refreshes: refreshes.took.length,
      refreshP95: quantile(refreshes.took, 0.95),
      failed: refreshes.failed,
    },
  )
}

/** As components/live/live-refresh.tsx does it: at most once a second. */
function refresher(browser: Browser, path: string, refreshes: Refreshes): () => void {
  let last = 0
  let waiting = false
  return () => {
    if (waiting) return
    waiting = true
    setTimeout(
      async () => {
        waiting = false
        last = performance.now()
        await browser.refresh(path).then(
          () => refreshes.took.push(performance.now() - last),
          () => refreshes.failed++,
        )
      },
      Math.max(0, last + 1_000 - performance.now()),
    )
  }
}
