import { expect, type Page } from '@playwright/test'
import { expectAccessible } from './support/accessible.ts'
import { rowsOf, test } from './support/dashboard.ts'

// A trace of pages with axe in them would take longer than the test itself.
test.use({ trace: 'off' })

type Address = (name: string) => string

/** Every page of the dashboard, and something that only its content says. */
function everyPage(user: Address, group: Address): [path: string, says: RegExp][] {
  return [
    ['/acme', /A group named “Auditors”/],
    ['/acme/connections', /legacy-hr-import/],
    ['/acme/users', /Priya Raghavan/],
    ['/acme/users?q=nobody&status=deactivated', /No users match “nobody” in Deactivated/],
    [user('Priya Raghavan'), /Architecture/],
    ['/acme/users/new', /takes the user over/],
    ['/acme/groups', /Contractors, external partners/],
    [group('Auditors'), /2 members are unresolved/],
    [`${group('Finance')}?tab=pushes`, /Same error 4 times/],
    [`${group('Finance')}?tab=roles`, /No roles/],
    ['/acme/groups/new', /takes this one over/],
    ['/acme/roles', /access_admin/],
    ['/acme/roles/new', /It does not change later/],
    ['/acme/activity', /\/scim\/v2\/Users/],
    ['/acme/activity?outcome=errors&status=4&range=24h', /was refused/],
    ['/acme/settings', /The same for every team/],
    ['/acme/settings/members', /rory@acme\.example/],
    ['/acme/settings/schemas', /None registered/],
  ]
}

test('every page is accessible in both themes, wide and narrow, and never scrolls sideways', async ({
  page,
  faults,
  user,
  group,
}) => {
  test.setTimeout(180_000)
  const entry = await exchangeId(page)
  for (const [path] of [
    ...everyPage(user, group),
    ['/acme/users/nowhere'],
    [`/acme/activity/${entry}`],
    [`/acme/activity?entry=${entry}`],
  ]) {
    await page.goto(path as string)
    for (const width of [1280, 320]) {
      await page.setViewportSize({ width, height: 800 })
      await expectAccessible(page)
      const sideways = () => document.scrollingElement?.scrollWidth ?? 0
      expect(await page.evaluate(sideways), `${path} at ${width} scrolls sideways`).toBeLessThanOrEqual(width)
    }
  }
  await page.setViewportSize({ width: 1280, height: 800 })
  // What the browser says of an address that is not found.
  faults.splice(0)
})

async function exchangeId(page: Page): Promise<string> {
  await page.goto('/acme/activity?outcome=errors&q=Finance')
  return ((await rowsOf(page).first().getByRole('link').getAttribute('href')) ?? '').split('/').at(-1) ?? ''
}

test('without scripts every page can be read, and filters work', async ({
  browser,
  baseURL,
  context,
  user,
  group,
}) => {
  const plain = await browser.newContext({
    baseURL,
    javaScriptEnabled: false,
    storageState: await context.storageState(),
  })
  const tab = await plain.newPage()
  for (const [path, says] of everyPage(user, group)) {
    await tab.goto(path)
    await expect(tab.getByText(says).first(), path).toBeVisible()
    await expect(tab.getByRole('heading', { level: 1 }), path).toBeVisible()
    await expect(tab.getByText('Loading…').first(), path).toBeHidden()
  }
  await tab.goto('/acme/users')
  await tab.getByRole('searchbox').fill('okafor')
  await tab.getByLabel('Status').selectOption('Active')
  await tab.getByRole('button', { name: 'Apply' }).click()
  await expect(tab).toHaveURL('/acme/users?q=okafor&status=active&managed=')
  await expect(rowsOf(tab)).toHaveCount(1)
  await tab.getByRole('link', { name: 'Amara Okafor' }).click()
  await expect(tab.getByRole('heading', { name: 'Amara Okafor' })).toBeVisible()
  await plain.close()
})

test('a page on its way shows its outline, and what is not there answers 404', async ({ page, faults }) => {
  await page.goto('/acme')
  let release = () => {}
  const held = new Promise<void>((resolve) => {
    release = resolve
  })
  await page.route(/\/acme\/groups\?_rsc=/, async (route) => {
    await held
    await route.continue()
  })
  await page.getByRole('link', { name: 'Groups', exact: true }).click()
  await expect(page.getByRole('status').filter({ hasText: 'Loading…' })).toBeVisible()
  await expect(page.getByText('Push status', { exact: true })).toBeVisible()
  release()
  await expect(page.getByRole('heading', { name: 'Groups' })).toBeVisible()
  await page.unroute(/\/acme\/groups\?_rsc=/)
  const missing = '01a00000-0000-7000-8000-000000000000'
  for (const room of ['users', 'groups', 'roles', 'activity', 'connections', 'nowhere'])
    expect((await page.goto(`/acme/${room}/${missing}`))?.status(), room).toBe(404)
  faults.splice(0)
})

test('the tab has a name at every moment: it changes with the page, never after it', async ({
  page,
  faults,
}) => {
  await page.addInitScript(() => {
    const seen: string[] = []
    const note = () => {
      if (document.body && document.title !== seen.at(-1)) seen.push(document.title)
    }
    new MutationObserver(note).observe(document, { subtree: true, childList: true, characterData: true })
    Object.assign(window, { seen })
  })
  await page.goto('/acme')
  const rooms = page.getByRole('navigation').first()
  for (const room of ['Users', 'Groups', 'Roles', 'Activity', 'Settings']) {
    await rooms.getByRole('link', { name: room, exact: true }).click()
    await expect(page).toHaveTitle(`${room} · Muster`)
  }
  expect(await page.evaluate(() => Reflect.get(window, 'seen'))).toEqual(
    ['Acme', 'Users', 'Groups', 'Roles', 'Activity', 'Settings'].map((name) => `${name} · Muster`),
  )
  expect((await page.goto('/no-such-team'))?.status()).toBe(404)
  await expect(page).toHaveTitle('There is nothing here · Muster')
  faults.splice(0)
})

test('the overview says what needs attention, why, and what to do, groups in Error first', async ({
  page,
}) => {
  await page.goto('/acme')
  const concerns = page.locator('[data-slot=attention-list] > li')
  await expect(concerns.first()).toContainText('Finance')
  await expect(concerns.first()).toContainText('Rename the group in Okta')
  await expect(concerns.first()).toContainText('4 times')
  await expect(concerns.nth(1)).toContainText('Auditors')
  await expect(concerns.nth(1)).toContainText('Assign those people')
  await expect(concerns.filter({ hasText: 'legacy-hr-import' })).toContainText('Authenticate again in Okta')
  await page.getByRole('link', { name: /^Errors, 24 h/ }).click()
  await expect(page).toHaveURL(/outcome=errors&range=24h/)
  await expect(rowsOf(page)).toHaveCount(12)
})

test('a user’s page shows attributes by schema, groups, and each role with its reason; who manages them is said once', async ({
  page,
  user,
}) => {
  await page.goto(user('Priya Raghavan'))
  const extension = page.getByRole('region', { name: /EnterpriseUser attributes/ })
  await expect(extension).toContainText('departmentArchitecture')
  await expect(page.getByText('access_user through everyone')).toBeVisible()
  await expect(page.getByText(/Change them in/)).toHaveCount(1)
  await expect(page.getByRole('link', { name: 'Edit' })).toHaveCount(0)
  await page.getByRole('link', { name: /updated Priya Raghavan/ }).click()
  await expect(page.getByRole('row', { name: /title.*Senior Engineer.*Principal Engineer/ })).toBeVisible()
  await page.goto(user('Umar Siddiqui'))
  await expect(page.getByText(/Before: Engineering/)).toBeVisible()
})

test('filters live in the address: Back undoes them, and the export holds what they show', async ({
  page,
}) => {
  await page.goto('/acme/users')
  await page.getByLabel('Status').selectOption('Deactivated')
  await expect(page).toHaveURL('/acme/users?status=deactivated')
  await expect(rowsOf(page)).toHaveCount(1)
  await page.getByRole('searchbox').fill('umar')
  await expect(page).toHaveURL('/acme/users?q=umar&status=deactivated')
  await page.goBack()
  await expect(page).toHaveURL('/acme/users')
  await page.goto('/acme/users?q=zz')
  await expect(page.getByText(/Write three characters to find it anywhere/)).toBeVisible()
  await page.goto('/acme/users')
  await expect(page.getByLabel('Status')).toHaveValue('')
  await expect(page.getByRole('status').filter({ hasText: '40 users' })).toBeVisible()

  await page.goto('/acme/activity')
  await page.getByText('More filters').click()
  await page.getByLabel('Actor').selectOption('legacy-hr-import')
  await expect(rowsOf(page)).toHaveCount(3)
  await page.getByRole('link', { name: /Actor: legacy-hr-import/ }).click()
  await page.getByLabel('Outcome').selectOption('Refused or failed')
  await page.getByRole('searchbox').fill('Auditors')
  await expect(page.getByRole('link', { name: 'Clear filters' }).first()).toBeVisible()
  await page.goto('/acme/activity?outcome=errors&status=4')
  const download = page.waitForEvent('download')
  await page.getByRole('link', { name: 'Export CSV' }).click()
  const file = await (await download).createReadStream()
  let text = ''
  for await (const chunk of file) text += chunk
  expect(text.trimEnd().split('\r\n')).toHaveLength(1 + (await rowsOf(page).count()))
})

test('an entry opens beside the list, says what its error means, and gives focus back', async ({ page }) => {
  await page.goto('/acme/activity?outcome=errors')
  const row = page.getByRole('link', { name: /userName amara/ })
  await row.focus()
  await page.keyboard.press('Enter')
  const panel = page.locator('[data-slot=side-panel]')
  await expect(panel).toBeFocused()
  await expect(panel).toContainText('uniqueness')
  await expect(panel).toContainText('RFC 7644 §3.12')
  await expect(panel).toContainText('[redacted]')
  await expect(panel.getByRole('button', { name: 'Copy as curl request' })).toBeVisible()
  await page.keyboard.press('Escape')
  await expect(panel).toBeHidden()
  await expect(row).toBeFocused()
  await expect(page).toHaveURL('/acme/activity?outcome=errors')
})

test('a reviewer reads everything and changes nothing', async ({ team, signIn }) => {
  const theirs = await signIn(team.reviewer)
  const tab = await theirs.newPage()
  for (const [path, act] of [
    ['/acme/users', 'Add a user'],
    ['/acme/groups', 'Add a group'],
    ['/acme/roles', 'Define a role'],
  ] as const) {
    await tab.goto(path)
    await expect(rowsOf(tab).first()).toBeVisible()
    await expect(tab.getByRole('link', { name: act })).toHaveCount(0)
  }
  await tab.goto('/acme/users/new')
  await expect(tab.getByRole('heading', { name: 'This needs an admin' })).toBeVisible()
  await expect(tab.getByText(/dana@acme/)).toBeVisible()
  await theirs.close()
})

test('when updates stop, the page says so, and follows again once they are back', async ({
  page,
  faults,
}) => {
  await page.route('/acme/events', (route) => route.abort())
  await page.goto('/acme/groups')
  await expect(page.getByText('Live updates are off. Reconnecting…')).toBeVisible()
  await page.unroute('/acme/events')
  await expect(page.getByText('Live', { exact: true })).toBeVisible()
  faults.splice(0)
})

test('an update leaves the colour scheme and the icons of the page where they are', async ({
  page,
  faults,
}) => {
  await page.route('/acme/events', (route) => route.abort())
  await page.goto('/acme')
  await expect(page.getByText('Live updates are off. Reconnecting…')).toBeVisible()
  const kept = await page.evaluateHandle(() => [
    ...document.head.querySelectorAll('meta[name="color-scheme"], link[rel="icon"]'),
  ])
  expect(await kept.evaluate((elements) => elements.length)).toBe(3)
  await page.unroute('/acme/events')
  // What it missed is read as soon as it follows again.
  await expect(page.getByText('Live', { exact: true })).toBeVisible()
  expect(await kept.evaluate((elements) => elements.filter((element) => !element.isConnected))).toEqual([])
  expect(await page.locator('meta[name="color-scheme"], link[rel="icon"]').count()).toBe(3)
  const icons = await Promise.all(['/icon.svg', '/favicon.ico'].map((path) => page.request.get(path)))
  expect(icons.map((icon) => icon.status())).toEqual([200, 200])
  faults.splice(0)
})
