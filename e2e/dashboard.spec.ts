import { type Browser, type BrowserContext, expect, type Page, test } from '@playwright/test'
import { expectAccessible } from './support/accessible.ts'
import { type FilledTeam, fillTeam, patch, userBody } from './support/filled-team.ts'
import { type RunningMuster, startMuster } from './support/server.ts'

// A trace of every page with axe in it would take longer than the walk itself.
test.use({ trace: 'off' })

let muster: RunningMuster
let team: FilledTeam
let context: BrowserContext
let page: Page
const faults: string[] = []

async function signIn(browser: Browser, who: { email: string; password: string }): Promise<BrowserContext> {
  const made = await browser.newContext({ baseURL: `${muster.url}/`, viewport: { width: 1280, height: 800 } })
  const tab = await made.newPage()
  await tab.goto('/sign-in')
  await tab.getByLabel('Email').fill(who.email)
  await tab.getByLabel('Password', { exact: true }).fill(who.password)
  await tab.getByRole('button', { name: 'Sign in', exact: true }).click()
  await expect(tab).toHaveURL(/\/acme$/)
  await tab.close()
  return made
}

test.beforeAll(async ({ browser }) => {
  test.setTimeout(120_000)
  muster = await startMuster()
  team = await fillTeam(muster)
  context = await signIn(browser, team.owner)
  page = await context.newPage()
  page.on('pageerror', (error) => faults.push(error.message))
  page.on('console', (message) => {
    if (message.type() === 'error') faults.push(message.text())
  })
})

test.afterAll(async () => {
  await context?.close()
  await muster?.stop()
})

test.afterEach(() => {
  expect(faults.splice(0)).toEqual([])
})

const user = (name: string) => `/acme/users/${team.users.get(name)}`
const group = (name: string) => `/acme/groups/${team.groups.get(name)}`
const rows = (tab: Page = page) => tab.locator('main tbody tr')

/** Every page of the dashboard, and something that only its content says. */
function everyPage(): [path: string, says: RegExp][] {
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

test('every page is accessible in both themes, wide and narrow, and never scrolls sideways', async () => {
  test.setTimeout(180_000)
  const entry = await exchangeId()
  for (const [path] of [
    ...everyPage(),
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

async function exchangeId(): Promise<string> {
  await page.goto('/acme/activity?outcome=errors&q=Finance')
  return ((await rows().first().getByRole('link').getAttribute('href')) ?? '').split('/').at(-1) ?? ''
}

test('without scripts every page can be read, and filters work', async ({ browser }) => {
  const plain = await browser.newContext({
    baseURL: muster.url,
    javaScriptEnabled: false,
    storageState: await context.storageState(),
  })
  const tab = await plain.newPage()
  for (const [path, says] of everyPage()) {
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
  await expect(rows(tab)).toHaveCount(1)
  await tab.getByRole('link', { name: 'Amara Okafor' }).click()
  await expect(tab.getByRole('heading', { name: 'Amara Okafor' })).toBeVisible()
  await plain.close()
})

test('a page on its way shows its outline, and what is not there answers 404', async () => {
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

test('the overview says what needs attention, why, and what to do, groups in Error first', async () => {
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
  await expect(rows()).toHaveCount(12)
})

test('a push’s state is told in Okta’s words, with its history and what was not resolved', async () => {
  await page.goto('/acme/groups')
  await expect(rows().filter({ hasText: 'Finance' })).toContainText('Error')
  await expect(page.getByRole('row', { name: /^Auditors/ })).toContainText('2 unresolved')
  await page.getByRole('link', { name: 'Auditors' }).click()
  await page.getByText('Who they are').click()
  await expect(page.getByText('board.member@acme.example')).toBeVisible()
  await page.goto(`${group('Finance')}?tab=pushes`)
  await expect(page.getByText(/Failed · PATCH was refused with 409/)).toHaveCount(1)
  await expect(page.getByRole('img', { name: '2 succeeded, 4 failed' })).toBeVisible()
  await team.scim(
    'PATCH',
    `/Groups/${team.groups.get('Finance')}`,
    patch({ op: 'replace', value: { displayName: 'Finance EMEA' } }),
  )
  await expect(page.getByText('Same error 4 times')).toBeVisible()
  await expect(page.getByRole('heading', { name: 'Finance EMEA' })).toBeVisible()
  await expect(page.getByText('Active', { exact: true }).first()).toBeVisible()
})

test('a user’s page shows attributes by schema, groups, and each role with its reason; who manages them is said once', async () => {
  await page.goto(user('Priya Raghavan'))
  const extension = page.getByRole('region', { name: /EnterpriseUser attributes/ })
  await expect(extension).toContainText('departmentArchitecture')
  await expect(page.getByText('access_user through everyone')).toBeVisible()
  await expect(page.getByText(/change them there/)).toHaveCount(1)
  await expect(page.getByRole('link', { name: 'Edit' })).toHaveCount(0)
  await page.getByRole('link', { name: /updated Priya Raghavan/ }).click()
  await expect(page.getByRole('row', { name: /title.*Senior Engineer.*Principal Engineer/ })).toBeVisible()
  await page.goto(user('Umar Siddiqui'))
  await expect(page.getByText(/Before: Engineering/)).toBeVisible()
})

test('filters live in the address: Back undoes them, and the export holds what they show', async () => {
  await page.goto('/acme/users')
  await page.getByLabel('Status').selectOption('Deactivated')
  await expect(page).toHaveURL('/acme/users?status=deactivated')
  await expect(rows()).toHaveCount(1)
  await page.getByRole('searchbox').fill('umar')
  await expect(page).toHaveURL('/acme/users?q=umar&status=deactivated')
  await page.goBack()
  await expect(page).toHaveURL('/acme/users')
  await expect(page.getByLabel('Status')).toHaveValue('')
  await expect(page.getByRole('status').filter({ hasText: '40 users' })).toBeVisible()

  await page.goto('/acme/activity')
  await page.getByText('More filters').click()
  await page.getByLabel('Actor').selectOption('legacy-hr-import')
  await expect(rows()).toHaveCount(3)
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
  expect(text.trimEnd().split('\r\n')).toHaveLength(1 + (await rows().count()))
})

test('an entry opens beside the list, says what its error means, and gives focus back', async () => {
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

test('what Okta pushes shows without a reload, and fades in; while one reads on, it gathers', async () => {
  await page.goto('/acme/users?sort=-changedAt')
  await expect(page.getByText('Live', { exact: true })).toBeVisible()
  await page.evaluate(() => Object.assign(window, { stayed: true }))
  const faded = page.waitForFunction(() =>
    [...document.querySelectorAll('[data-live]')].some((row) => row.getAnimations().length > 0),
  )
  await team.scim('POST', '/Users', userBody('zoe@acme.example', { displayName: 'Zoë Live' }))
  await expect(page.getByRole('link', { name: 'Zoë Live' })).toBeVisible()
  await faded
  expect(await page.evaluate(() => 'stayed' in window)).toBe(true)

  // Once connected, a page reads itself again; only after that is it held still by scrolling alone.
  const readAgain = page.waitForResponse((response) => /\/activity\?.*_rsc=/.test(response.url()))
  await page.goto('/acme/activity')
  await expect(page.getByText('Live', { exact: true })).toBeVisible()
  await (await readAgain).finished()
  const top = await rows().first().textContent()
  await page.mouse.wheel(0, 600)
  await page.waitForFunction(() => window.scrollY > 300)
  await team.scim('POST', '/Users', userBody('yan@acme.example', { displayName: 'Yan Later' }))
  const gathered = page.getByRole('button', { name: '1 new event' })
  await expect(gathered).toBeVisible()
  expect(await rows().first().textContent()).toBe(top)
  await gathered.click()
  await expect(rows().first()).toContainText('Yan Later')

  await page.getByRole('button', { name: 'Live' }).click()
  const paused = page.getByRole('button', { name: 'Paused' })
  await expect(paused).toBeVisible()
  await team.scim('POST', '/Users', userBody('xia@acme.example', { displayName: 'Xia Waiting' }))
  await expect(gathered).toBeVisible()
  await expect(rows().first()).toContainText('Yan Later')
  await paused.click()
  await expect(rows().first()).toContainText('Xia Waiting')
})

test('everything is reached by keyboard: skip link, palette, rooms, search, sorting, help that can turn it off', async () => {
  await page.goto('/acme')
  await page.keyboard.press('Tab')
  await expect(page.getByRole('link', { name: 'Skip to content' })).toBeFocused()
  await page.keyboard.press('Enter')
  await expect(page.getByRole('main')).toBeFocused()
  await page.keyboard.press('Control+k')
  await page.keyboard.type('Katarzyna')
  await expect(page.getByRole('option', { name: /Katarzyna Nowak/ })).toBeVisible()
  await page.keyboard.press('Enter')
  await expect(page).toHaveURL(user('Katarzyna Nowak'))
  await page.keyboard.press('g')
  await page.keyboard.press('u')
  await expect(page).toHaveURL('/acme/users')
  await expect(page.getByRole('heading', { name: 'Users' })).toBeVisible()
  await page.keyboard.press('/')
  await expect(page.getByRole('searchbox')).toBeFocused()
  await page.keyboard.press('Escape')

  const sort = page.getByRole('columnheader', { name: 'Name' })
  await sort.getByRole('link').focus()
  await page.keyboard.press('Enter')
  await expect(sort).toHaveAttribute('aria-sort', 'descending')
  await expect(rows().first()).toContainText('Zo')

  await page.evaluate(() => (document.activeElement as HTMLElement).blur())
  await page.keyboard.press('?')
  const help = page.getByRole('dialog', { name: 'Keyboard shortcuts' })
  await expect(help).toBeVisible()
  await help.getByRole('switch').press('Space')
  await page.keyboard.press('Escape')
  await expect(help).toBeHidden()
  await page.keyboard.press('g')
  await page.keyboard.press('a')
  await page.keyboard.press('?')
  await expect(help).toBeHidden()
  await expect(page).toHaveURL(/\/acme\/users/)
  await page.evaluate(() => localStorage.clear())
})

test('a rule gives its role to the groups it names, and people have it with the reason', async () => {
  await page.goto('/acme/roles/new')
  await page.getByLabel('Name', { exact: true }).fill('access_admin')
  await page.getByLabel('Title').fill('Payroll editor')
  await page.getByRole('button', { name: 'Define role' }).click()
  await expect(page.getByText('There is a role access_admin already.')).toBeVisible()
  await page.getByLabel('Name', { exact: true }).fill('payroll_editor')
  await page.getByLabel('Title').fill('Payroll editor')
  await page.getByRole('button', { name: 'Define role' }).click()
  await expect(page.getByRole('heading', { name: 'Payroll editor' })).toBeVisible()

  await page.goto('/acme/roles')
  await page.getByLabel('A pushed group').selectOption('like (* and ?)')
  await page.getByLabel('Name or pattern').fill('ops *')
  await page.getByLabel('gets role').selectOption('payroll_editor')
  await page.getByRole('button', { name: 'Add rule' }).click()
  await expect(page.getByText('1 group has the role now')).toBeVisible()
  await page.goto(user('Daniel Weiss'))
  await expect(page.getByText('payroll_editor through Ops Admins')).toBeVisible()
  await page.goto(`${group('Ops Admins')}?tab=roles`)
  await expect(page.getByText('by the rule “ops *”')).toBeVisible()
  const remove = page.getByRole('button', { name: 'Remove payroll_editor' })
  await remove.click()
  await expect(page.getByText(/No other group has it/)).toBeVisible()
  await page.keyboard.press('Escape')
  await expect(remove).toBeFocused()
})

test('users and groups made by hand are edited by hand, and deleted by name', async () => {
  await page.goto('/acme/users/new')
  await page.getByLabel('userName').fill('Temp@acme.example')
  await page.getByLabel('Display name').fill('Temp Worker')
  await page.getByLabel('Email').fill('temp@acme.example')
  await page.getByRole('button', { name: 'Add user' }).click()
  await expect(page.getByText('Not managed by Okta')).toBeVisible()
  await page.getByRole('link', { name: 'Edit' }).click()
  await page.getByLabel('Title').fill('Contractor')
  await page.getByLabel('Email').fill('')
  await page.getByRole('button', { name: 'Save' }).click()
  await expect(page.getByText('Contractor')).toBeVisible()
  await expect(page.getByText('temp@acme.example · work')).toHaveCount(0)

  await page.goto('/acme/groups/new')
  await page.getByLabel('Name').fill('AUDITORS')
  await page.getByRole('button', { name: 'Add group' }).click()
  await expect(page.getByRole('alert').filter({ hasText: 'AUDITORS' })).toBeVisible()
  await page.getByLabel('Name').fill('By Hand')
  await page.getByRole('button', { name: 'Add group' }).click()
  await page.getByLabel('Add a member by userName').fill('temp@ACME.example')
  await page.getByRole('button', { name: 'Add member' }).click()
  await expect(page.getByRole('link', { name: 'Temp Worker' })).toBeVisible()
  await page.getByRole('button', { name: 'Remove Temp Worker' }).click()
  await page.getByRole('button', { name: 'Remove member' }).click()
  await expect(page.getByText('No members yet')).toBeVisible()
  await page.getByRole('link', { name: 'Rename' }).click()
  await page.getByLabel('Name', { exact: true }).fill('Handmade')
  await page.getByRole('button', { name: 'Rename group' }).click()
  await expect(page.getByRole('heading', { name: 'Handmade' })).toBeVisible()
  await page.getByRole('button', { name: 'Delete…' }).click()
  const confirm = page.getByRole('button', { name: 'Delete group' })
  await expect(confirm).toBeDisabled()
  await page.getByLabel('Type Handmade to confirm').fill('Handmade')
  await confirm.click()
  await expect(page).toHaveURL('/acme/groups')
  await expect(page.getByRole('link', { name: 'Handmade' })).toHaveCount(0)
})

test('a reviewer reads everything and changes nothing', async ({ browser }) => {
  const theirs = await signIn(browser, team.reviewer)
  const tab = await theirs.newPage()
  for (const [path, act] of [
    ['/acme/users', 'Add a user'],
    ['/acme/groups', 'Add a group'],
    ['/acme/roles', 'Define a role'],
  ] as const) {
    await tab.goto(path)
    await expect(rows(tab).first()).toBeVisible()
    await expect(tab.getByRole('link', { name: act })).toHaveCount(0)
  }
  await tab.goto('/acme/users/new')
  await expect(tab.getByRole('heading', { name: 'This needs an admin' })).toBeVisible()
  await expect(tab.getByText(/dana@acme/)).toBeVisible()
  await theirs.close()
})

test('when updates stop, the page says so', async () => {
  const refreshed = page.waitForResponse(/_rsc=/)
  await page.goto('/acme/groups')
  await expect(page.getByText('Live', { exact: true })).toBeVisible()
  await refreshed
  await muster.end('SIGTERM')
  await expect(page.getByText('Live updates are off. Reconnecting…')).toBeVisible()
  faults.splice(0)
})
