import { setTimeout as delay } from 'node:timers/promises'
import type { Page } from '@playwright/test'
import type { Bench } from '../../load/bench.ts'
import { user } from '../../load/payloads.ts'
import type { Browser } from '../world/browser.ts'
import type { World } from '../world/make-world.ts'
import { openPages, sorted, spread } from './open-pages.ts'

const SCREENS = 3
const BEHIND = 197
const PUSHES = [
  { name: '100 users a second', users: 1_000, perSecond: 100 },
  { name: 'users as fast as it goes', users: 3_000, perSecond: Number.POSITIVE_INFINITY },
]
const LIMIT_MS = 1_000
const PATIENCE_MS = 10_000

/** When a page showed a number of users for the first time. */
type Painted = { users: number; at: number }

/**
 * From the answer to the screen: three overviews in Chromium, beside 197 pages behind, while users are created; first at a
 * bounded rate, then as fast as it goes. Each user counts once for each page: from the answer to its POST, as the load sees it
 * (the commit was some milliseconds before), to the first frame whose number of users includes it. `oldest` is the same for
 * the one of each frame that waited longest.
 */
export async function screen(bench: Bench, url: string, world: World, browser: Browser): Promise<void> {
  const chromium = await findChromium()
  if (!chromium) {
    console.error(
      '  (not measured: from a change to the screen. No Chromium is here; PLAYWRIGHT_CHROMIUM may name one.)',
    )
    return
  }
  const engine = await chromium.launch()
  const created: string[] = []
  const behind = await openPages(browser, world.slug, BEHIND, 0, [])
  try {
    const pages: Page[] = []
    for (let i = 0; i < SCREENS; i++) {
      // Each in a window of its own: of tabs in one window all but one are behind, and painted about once a second.
      const context = await engine.newContext({ viewport: { width: 1000, height: 700 } })
      await context.addCookies(browser.cookies())
      await context.addInitScript(notePaints, `/${world.slug}/users`)
      const page = await context.newPage()
      pages.push(page)
      await page.goto(`${url}/${world.slug}`)
      await page.getByText('Live', { exact: true }).waitFor()
    }
    for (const { name, users, perSecond } of PUSHES) {
      const before = await usersShown(pages[0] as Page)
      const answered = await create(bench, `${name}, ${SCREENS} on a screen`, users, perSecond, created)
      const latencies: number[] = []
      const oldest: number[] = []
      let unshown = 0
      for (const page of pages) {
        await shows(page, before + answered.length)
        let shown = 0
        for (const paint of await painted(page)) {
          const news = answered.slice(shown, Math.max(shown, paint.users - before))
          if (news[0] === undefined) continue
          oldest.push(paint.at - news[0])
          for (const at of news) latencies.push(paint.at - at)
          shown += news.length
        }
        unshown += answered.length - shown
      }
      const took = spread(sorted(latencies))
      bench.note(`${name}: on the screen within a second`, took.p95 <= LIMIT_MS && unshown === 0, {
        ...took,
        unshown,
        paints: oldest.length,
        oldest: spread(sorted(oldest)),
      })
    }
  } finally {
    behind.close()
    await engine.close()
    await bench.phase('users deleted again', 16, created.length, (n) =>
      bench.scim.must([204], 'DELETE', `/Users/${created[n]}`),
    )
  }
}

/** Creates so many users, no faster than `perSecond`. Returns when each was answered, in order; their ids go to `created`. */
async function create(
  bench: Bench,
  name: string,
  users: number,
  perSecond: number,
  created: string[],
): Promise<number[]> {
  const answered: number[] = []
  const began = performance.now()
  await bench.phase(name, 16, bench.count(users), async (n) => {
    await delay(Math.max(0, began + (n / perSecond) * 1000 - performance.now()))
    const body = user(bench.unique(`shown-${created.length}-${n}`))
    const { json } = await bench.scim.must([201], 'POST', '/Users', body)
    answered.push(performance.timeOrigin + performance.now())
    created.push(json.id)
  })
  return answered
}

/** In the page: notes each number of users that is painted, and when. */
function notePaints(usersPath: string): void {
  const paints: Painted[] = []
  Object.assign(window, { paints })
  const look = () => {
    const number = document.querySelector(`main a[href="${usersPath}"] > :nth-child(2)`)?.textContent
    const users = Number(number?.replaceAll(',', '') ?? Number.NaN)
    if (Number.isNaN(users) || paints.at(-1)?.users === users) return
    const paint = { users, at: Number.NaN }
    paints.push(paint)
    // The frame that shows it is being made; the task after it finds it painted.
    requestAnimationFrame(() =>
      setTimeout(() => {
        paint.at = performance.timeOrigin + performance.now()
      }),
    )
  }
  new MutationObserver(look).observe(document, { subtree: true, childList: true, characterData: true })
}

const painted = (page: Page) =>
  page.evaluate(() => (window as unknown as { paints: Painted[] }).paints.filter(({ at }) => at > 0))

const usersShown = async (page: Page) => (await painted(page)).at(-1)?.users ?? Number.NaN

/** Waits until the page shows so many users, or gives up. */
async function shows(page: Page, users: number): Promise<void> {
  const wanted = (count: number) =>
    (window as unknown as { paints: Painted[] }).paints.some((paint) => paint.users >= count && paint.at > 0)
  await page.waitForFunction(wanted, users, { timeout: PATIENCE_MS }).catch(() => {})
}

async function findChromium() {
  const playwright = await import('@playwright/test').catch(() => undefined)
  // scripts/bench.mjs has looked for one.
  const executablePath = process.env.PLAYWRIGHT_CHROMIUM
  if (!playwright || !executablePath) return undefined
  const args = ['--no-sandbox', '--disable-gpu', '--disable-dev-shm-usage', '--disable-background-networking']
  return { launch: () => playwright.chromium.launch({ executablePath, args }) }
}
