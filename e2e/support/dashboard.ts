import { type Browser, type BrowserContext, test as base, expect, type Page } from '@playwright/test'
import { type FilledTeam, fillTeam } from './filled-team.ts'
import { type RunningMuster, startMuster } from './server.ts'

type Filled = { muster: RunningMuster; team: FilledTeam; signedIn: string }
type Dashboard = {
  muster: RunningMuster
  team: FilledTeam
  /** A signed-in browser of its own for somebody else; closed by the test. */
  signIn: (who: { email: string; password: string }) => Promise<BrowserContext>
  /** Errors that the page met; a test that expects some takes them out. */
  faults: string[]
  /** The address of the user, or group, of this name. */
  user: (name: string) => string
  group: (name: string) => string
}

/**
 * Tests of a filled team's pages, `page` being its owner's. One Muster serves them all, file by file; what they change
 * stays, so they are named in the order in which they run: first those that read.
 */
export const test = base.extend<Dashboard, { filled: Filled }>({
  filled: [
    async ({ browser }, use) => {
      const muster = await startMuster()
      const team = await fillTeam(muster)
      const context = await signedInBrowser(browser, muster, team.owner)
      await use({ muster, team, signedIn: JSON.stringify(await context.storageState()) })
      await muster.stop()
    },
    { scope: 'worker', timeout: 120_000 },
  ],
  baseURL: ({ filled }, use) => use(filled.muster.url),
  context: async ({ browser, baseURL, filled }, use) => {
    const context = await browser.newContext({
      baseURL,
      viewport: { width: 1280, height: 800 },
      storageState: JSON.parse(filled.signedIn),
    })
    await use(context)
    await context.close()
  },
  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads what a fixture needs from its pattern.
  faults: async ({}, use) => {
    const faults: string[] = []
    await use(faults)
    expect(faults).toEqual([])
  },
  page: async ({ context, faults }, use) => {
    const page = await context.newPage()
    page.on('pageerror', (error) => faults.push(error.message))
    page.on('console', (message) => {
      if (message.type() === 'error') faults.push(`${message.text()} ${message.location().url}`)
    })
    await use(page)
  },
  muster: ({ filled }, use) => use(filled.muster),
  team: ({ filled }, use) => use(filled.team),
  signIn: ({ browser, filled }, use) => use((who) => signedInBrowser(browser, filled.muster, who)),
  user: ({ filled }, use) => use((name) => `/acme/users/${filled.team.users.get(name)}`),
  group: ({ filled }, use) => use((name) => `/acme/groups/${filled.team.groups.get(name)}`),
})

/** The rows of the table in sight. */
export const rowsOf = (page: Page) => page.locator('main tbody tr')

async function signedInBrowser(
  browser: Browser,
  muster: RunningMuster,
  who: { email: string; password: string },
): Promise<BrowserContext> {
  const context = await browser.newContext({ baseURL: muster.url })
  const page = await context.newPage()
  await page.goto('/sign-in')
  await page.getByLabel('Email').fill(who.email)
  await page.getByLabel('Password', { exact: true }).fill(who.password)
  await page.getByRole('button', { name: 'Sign in', exact: true }).click()
  await expect(page).toHaveURL(/\/acme$/)
  await page.close()
  return context
}
