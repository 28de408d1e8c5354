import { setTimeout as delay } from 'node:timers/promises'
import { type Bench, quantile, round } from '../../load/bench.ts'
import { Browser } from '../world/browser.ts'
import type { World } from '../world/make-world.ts'
import { openPages, spread } from './open-pages.ts'
import { screen } from './screen.ts'

const PAGES = 200
const CHANGES = 10_000
const LIMIT_MS = 1_000
/** Long enough for the last change to be announced, and read. */
const SETTLED_MS = 2_500

/**
 * Pushes 10,000 changes with 200 pages open, and the same before and after with none: how long after its answer a change is
 * announced to each of them, and what of the rate is left. Then the same with pages on a real screen. `only` one of the two.
 */
export async function live(
  bench: Bench,
  url: string,
  world: World,
  ids: string[],
  visible: number,
  only?: string,
): Promise<void> {
  const browser = await Browser.signIn(url, world.email, world.password, PAGES + 32)
  if (only !== 'screen') await rate(bench, browser, world, ids, visible)
  if (only !== 'rate') await screen(bench, url, world, browser)
  await browser.close()
}

async function rate(
  bench: Bench,
  browser: Browser,
  world: World,
  ids: string[],
  visible: number,
): Promise<void> {
  const answered: number[] = []
  const push = (name: string) =>
    bench.phase(name, 16, bench.count(CHANGES), async (n) => {
      const title = bench.unique(`Title ${n}`)
      const operations = [{ op: 'replace', path: 'title', value: title }]
      await bench.scim.must([200], 'PATCH', `/Users/${ids[n % ids.length]}`, { Operations: operations })
      answered.push(performance.now())
    })
  await push('changes, warming up')
  const before = await push('changes, no page open')
  const pages = await openPages(browser, world.slug, PAGES, visible, answered)
  await delay(SETTLED_MS)
  const watched = await push(`changes, ${PAGES} pages open`)
  await delay(SETTLED_MS)
  const { announced, unheard, refreshes, failed } = pages.close()
  const after = await push('changes, no page open again')
  const told = spread(announced)
  bench.note(
    `a change is announced to ${PAGES} pages within a second`,
    told.p95 <= LIMIT_MS && unheard === 0,
    {
      ...told,
      unheard,
    },
  )
  const left = round((2 * watched.perSecond) / (before.perSecond + after.perSecond))
  bench.note(`0.9 of the rate is left with ${visible} of them in front`, left >= 0.9 && failed === 0, {
    left,
    refreshes: refreshes.length,
    refreshP95: quantile(refreshes, 0.95),
    failed,
  })
}
