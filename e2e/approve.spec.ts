import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { type Browser, type BrowserContextOptions, expect, type Page, test } from '@playwright/test'
import type pg from 'pg'
import { databaseOf } from './support/database.ts'
import { look } from './support/look.ts'
import { type RunningMuster, startMuster } from './support/server.ts'
import { PASSWORD } from './support/two-teams.ts'

/** Each state of the approve screen, with scripts and without, by mouse and by keyboard, wide and at 320 px. */

const ADA = 'ada@acme.example' // owns Acme
const REX = 'rex@acme.example' // reviews Acme
const MIA = 'mia@acme.example' // owns Acme and Gamma, reviews Beta

let muster: RunningMuster
let database: pg.Client
let okta: Server
let callback: string
let clientId: string

test.describe.configure({ mode: 'serial' })
// A trace with every look of axe in it would take longer than the walk itself.
test.use({ trace: 'off' })
test.beforeAll(async () => {
  test.setTimeout(180_000)
  okta = createServer((request, response) => response.end(`Back in Okta: ${request.url}`))
  await new Promise<void>((resolve) => okta.listen(0, '127.0.0.1', resolve))
  callback = `http://127.0.0.1:${(okta.address() as AddressInfo).port}/admin/app/cpc/acme_muster_1/oauth/callback`
  muster = await startMuster()
  database = await databaseOf(muster)
  for (const name of ['Acme', 'Beta', 'Gamma']) await command('team', 'create', '--name', name)
  await member('acme', ADA, 'owner')
  await member('acme', REX, 'reviewer')
  await member('acme', MIA, 'owner')
  await member('beta', MIA, 'reviewer')
  await member('gamma', MIA, 'owner')
  clientId = (await command('client', 'create', '--name', 'Okta', '--redirect-uri', callback)).clientId
})
test.afterAll(async () => {
  await database?.end()
  await muster?.stop()
  okta?.close()
})

async function command(...args: string[]) {
  const { code, stdout, stderr } = await muster.command([...args, '--json'], PASSWORD)
  if (code !== 0) throw new Error(`${args.join(' ')}: ${stderr}`)
  return JSON.parse(stdout)
}
const member = (team: string, email: string, role: string) =>
  command('member', 'create', '--team', team, '--email', email, '--role', role, '--password-stdin')

function authorizeUrl(query: Record<string, string> = {}): string {
  const given = { response_type: 'code', client_id: clientId, redirect_uri: callback, state: 's t', ...query }
  return `${muster.url}/oauth/authorize?${new URLSearchParams(given)}`
}

async function fillSignIn(page: Page, email: string): Promise<void> {
  await page.getByLabel('Email').fill(email)
  await page.getByLabel('Password').fill(PASSWORD)
  await page.getByRole('button', { name: 'Sign in', exact: true }).click()
}

type State = Exclude<NonNullable<BrowserContextOptions['storageState']>, string>
/** The sessions of those who signed in already; without what names the browser of a request. */
const sessions = new Map<string, State>()

/** A browser of its own in which `email` is signed in, and to which Okta has sent them just now. */
async function asked(browser: Browser, email: string, options: BrowserContextOptions = {}): Promise<Page> {
  const context = await browser.newContext({ ...options, storageState: sessions.get(email) })
  const page = await context.newPage()
  await page.goto(authorizeUrl({ scope: 'offline_access' }))
  if (!sessions.has(email)) {
    await fillSignIn(page, email)
    await expect(page).toHaveURL(/\/oauth\/approve\//)
    const { cookies } = await context.storageState()
    sessions.set(email, { cookies: cookies.filter(({ name }) => !name.includes('oauth')), origins: [] })
  }
  await expect(page).toHaveURL(/\/oauth\/approve\//)
  return page
}

const nameField = (page: Page) => page.getByLabel('Service user name')
const approve = (page: Page) => page.getByRole('button', { name: 'Approve' })
const deny = (page: Page) => page.getByRole('button', { name: 'Deny' })

test('says who asks, for which team, what it may and may not do, and where one returns to', async ({
  browser,
}) => {
  const page = await asked(browser, ADA)
  await expect(page.getByRole('heading', { name: 'Connect Okta to Acme', level: 1 })).toBeVisible()
  const card = page.getByRole('main')
  await expect(card).toContainText(`(client ${clientId}, registered by the operator,`)
  await expect(card.getByText('Verified', { exact: true })).toBeVisible()
  await expect(card).toContainText(`Signed in as ${ADA}. Not you? Switch account`)
  await expect(card).toContainText('Team Acme (your role: Owner)')
  for (const words of [
    'Create, update, deactivate and delete users',
    'Create, rename and delete groups, and change who is in them',
    'Read users, groups and roles',
    'See passwords',
    'Sign in as people',
    'Change Muster’s settings, or who signs in here',
  ])
    await expect(card.getByText(words)).toBeVisible()
  await expect(card).toContainText(`You will return to ${new URL(callback).host}`)
  await expect(card).toContainText(/This request ends in (9|10) min/)
  await expect(nameField(page)).toHaveValue('okta-provisioning')
  await expect(nameField(page)).toBeFocused()
  await page.getByText('Technical details').click()
  await expect(card.getByText(callback)).toBeVisible()
  // Nothing else leads away: the frame of the dashboard is not there.
  await expect(page.getByRole('navigation')).toHaveCount(0)
  await look(page, 'grant')
  await page.context().close()
})

test('is not focused where that would open a keyboard over what is to be read', async ({ browser }) => {
  const page = await asked(browser, ADA, {
    hasTouch: true,
    isMobile: true,
    viewport: { width: 320, height: 640 },
  })
  await expect(nameField(page)).toHaveValue('okta-provisioning')
  await expect(nameField(page)).not.toBeFocused()
  await page.context().close()
})

test('an unfit name is answered under its field, which has the focus; it is looked at again when left', async ({
  browser,
}) => {
  const page = await asked(browser, ADA)
  await nameField(page).fill('  Admin ')
  await approve(page).click()
  const field = nameField(page)
  await expect(field).toHaveAttribute('aria-invalid', 'true')
  await expect(field).toHaveValue('admin')
  await expect(field).toBeFocused()
  await expect(field).toHaveAccessibleDescription(/“admin” is reserved/)
  await look(page, 'invalid-name')
  await field.fill('x')
  await field.blur()
  await expect(field).toHaveAccessibleDescription(/Use 3 to 63 characters/)
  await field.fill('  Okta-Acme ')
  await field.blur()
  await expect(field).not.toHaveAttribute('aria-invalid')
  await expect(field).toHaveValue('okta-acme')
  await page.context().close()
})

test('by keyboard alone: Enter in the field decides nothing, Approve is reached and pressed', async ({
  browser,
}) => {
  const page = await asked(browser, ADA)
  await nameField(page).press('Enter')
  await expect(page).toHaveURL(/\/oauth\/approve\//)
  await page.keyboard.press('Tab')
  await expect(deny(page)).toBeFocused()
  await page.keyboard.press('Tab')
  await expect(approve(page)).toBeFocused()
  await page.keyboard.press('Enter')
  await expect(page).toHaveURL(/[?&]code=.*state=s\+t|state=s%20t/)
  expect(new URL(page.url()).searchParams.get('iss')).toBe(muster.url)
  await page.context().close()
})

test('a name that is taken: a free one is one click, and approving twice at once makes one service user', async ({
  browser,
}) => {
  const page = await asked(browser, ADA)
  await nameField(page).fill('okta-provisioning')
  await approve(page).click()
  await expect(page.getByText('“okta-provisioning” is already in use in Acme.')).toBeVisible()
  await look(page, 'name-taken')
  await page.getByRole('button', { name: 'Use okta-provisioning-2' }).click()
  await expect(nameField(page)).toHaveValue('okta-provisioning-2')
  await expect(nameField(page)).not.toHaveAttribute('aria-invalid')
  await approve(page).dblclick()
  await expect(page).toHaveURL(/[?&]code=/)
  const { rows } = await database.query(`SELECT 1 FROM service_user WHERE name LIKE 'okta-provisioning%'`)
  expect(rows).toHaveLength(2)
  await page.context().close()
})

test('connected before: a second connection, or the tokens of one that is named by its service user', async ({
  browser,
}) => {
  const page = await asked(browser, ADA)
  await expect(page.getByText('Okta is already connected to Acme')).toBeVisible()
  await expect(page.getByText('Approving adds a second connection')).toBeVisible()
  await expect(nameField(page)).toHaveValue('okta-provisioning-3')
  await expect(page.getByRole('link', { name: 'okta-provisioning', exact: true })).toHaveAttribute(
    'href',
    /^\/acme\/connections\//,
  )
  await look(page, 'second-connection')
  await page.getByLabel('Replace the tokens of okta-provisioning-2').check()
  await expect(nameField(page)).toBeHidden()
  await approve(page).click()
  await expect(page).toHaveURL(/[?&]code=/)
  const { rows } = await database.query('SELECT 1 FROM service_user')
  expect(rows).toHaveLength(2)
  await page.context().close()
})

test('used: says so, and leads to the connection; denied: says that nothing was given', async ({
  browser,
}) => {
  const page = await asked(browser, ADA)
  const address = page.url()
  await nameField(page).fill('used-once')
  await approve(page).click()
  await expect(page).toHaveURL(/[?&]code=/)
  await page.goto(address)
  await expect(page.getByRole('heading', { name: 'This request was used already' })).toBeVisible()
  await look(page, 'used')
  await page.getByRole('link', { name: 'See the connection' }).click()
  await expect(page).toHaveURL(/\/acme\/connections\//)

  await page.goto(authorizeUrl())
  const other = page.url()
  await nameField(page).fill('Not A Name!')
  await deny(page).click()
  await expect(page).toHaveURL(/error=access_denied/)
  await page.goto(other)
  await expect(page.getByText('It was denied, so Okta got no access.')).toBeVisible()
  await expect(page.getByRole('link', { name: 'See the connection' })).toHaveCount(0)
  await look(page, 'denied')
  await page.context().close()
})

test('expired, or of another browser: it has ended, and nothing can be decided', async ({ browser }) => {
  const page = await asked(browser, ADA)
  const address = page.url()
  const elsewhere = await asked(browser, ADA)
  await elsewhere.goto(address)
  await expect(elsewhere.getByRole('heading', { name: 'This request has ended' })).toBeVisible()
  await elsewhere.context().close()

  const id = new URL(address).pathname.split('/').at(-1)
  await database.query(
    `UPDATE authorization_request SET expires_at = now() - interval '1 second' WHERE id = $1`,
    [id],
  )
  await approve(page).click()
  await expect(page.getByRole('heading', { name: 'This request has ended' })).toBeVisible()
  await expect(page.getByText('Start again in Okta.')).toBeVisible()
  await expect(approve(page)).toHaveCount(0)
  await look(page, 'ended')
  await page.context().close()
})

test('who administers nothing is told whom to ask, and can deny', async ({ browser }) => {
  const page = await asked(browser, REX)
  await expect(page.getByText('You cannot approve this')).toBeVisible()
  await expect(page.getByText(/Ask one of: .*ada@acme\.example/)).toBeVisible()
  await expect(approve(page)).toHaveCount(0)
  await look(page, 'not-admin')
  await deny(page).click()
  await expect(page).toHaveURL(/error=access_denied/)
  await page.context().close()
})

test('another account: signed in as it, the same request is theirs to decide', async ({ browser }) => {
  const page = await asked(browser, REX)
  const address = page.url()
  await page.getByRole('link', { name: 'Switch account' }).click()
  await expect(page.getByText(`You are signed in as ${REX}`)).toBeVisible()
  await fillSignIn(page, ADA)
  await expect(page).toHaveURL(address)
  await expect(page.getByText(`Signed in as ${ADA}`)).toBeVisible()
  await expect(approve(page)).toBeVisible()
  await page.context().close()
})

test('several teams: those one administers can be chosen, the others say why not; or a new one', async ({
  browser,
}) => {
  const page = await asked(browser, MIA)
  await expect(page.getByRole('heading', { name: 'Connect Okta to a team' })).toBeVisible()
  await expect(page.getByLabel('Beta')).toBeDisabled()
  await expect(page.getByText('Only its owners and admins may connect a client')).toBeVisible()
  await look(page, 'choose-team')
  await page.getByLabel('Gamma').check()
  await page.getByRole('button', { name: 'Continue', exact: true }).click()
  await expect(page.getByRole('heading', { name: 'Connect Okta to Gamma' })).toBeVisible()

  // The name of a team that one is in means that team, and no second one of its name.
  const addTeam = async (name: string) => {
    await page.getByRole('link', { name: 'Choose another' }).click()
    await page.getByLabel('Add a team').fill(name)
    await page.getByRole('button', { name: 'Add this team and continue' }).click()
  }
  await addTeam('gamma')
  await expect(page.getByText('Team Gamma (your role: Owner)')).toBeVisible()
  await addTeam('Beta')
  await expect(page.getByLabel('Add a team')).toHaveAttribute('aria-invalid', 'true')
  await page.getByLabel('Add a team').fill('Delta Works')
  await page.getByRole('button', { name: 'Add this team and continue' }).click()
  await expect(page.getByText('new: you become its owner')).toBeVisible()
  await look(page, 'new-team')
  const teams = () => database.query(`SELECT slug FROM team WHERE name = 'Delta Works'`)
  expect((await teams()).rows).toEqual([])
  await approve(page).click()
  await expect(page).toHaveURL(/[?&]code=/)
  expect((await teams()).rows).toEqual([{ slug: 'delta-works' }])
  await page.context().close()
})

test('a sign-in of long ago is not enough: it is asked for again, and leads back', async ({ browser }) => {
  const page = await asked(browser, ADA)
  const address = page.url()
  await database.query(`UPDATE sign_in_session SET reauthenticated_at = now() - interval '16 minutes'`)
  sessions.clear()
  await approve(page).click()
  await expect(page.getByRole('heading', { name: 'Confirm that it is you' })).toBeVisible()
  await expect(page.getByLabel('Email')).toHaveValue(ADA)
  await look(page, 'sign-in-again')
  await fillSignIn(page, ADA)
  await expect(page).toHaveURL(address)
  await page.context().close()
})

test('a client that nobody vouched for is marked', async ({ browser }) => {
  await database.query('UPDATE client SET registered_by = NULL WHERE client_id = $1', [clientId])
  const page = await asked(browser, ADA)
  await expect(page.getByText('Not verified: check that you started this in Okta yourself.')).toBeVisible()
  await expect(page.getByText('Verified', { exact: true })).toHaveCount(0)
  await look(page, 'not-verified')
  await database.query(`UPDATE client SET registered_by = 'operator' WHERE client_id = $1`, [clientId])
  await page.context().close()
})

test('an unknown client or address gets a page that leads nowhere', async ({ page }) => {
  const wrong = { client_id: 'nobody', redirect_uri: 'https://evil.example/callback' }
  for (const [name, value] of Object.entries(wrong)) {
    await page.goto(authorizeUrl({ [name]: value }))
    expect(page.url().startsWith(muster.url)).toBe(true)
    expect(await page.content()).not.toContain('evil.example')
    await expect(page.getByRole('link')).toHaveCount(0)
    await expect(page.getByText('Reference')).toBeVisible()
    await look(page, `refused-${name}`)
  }
})

test('without scripts: a taken name, its suggestion as a button, and the approval', async ({ browser }) => {
  const page = await asked(browser, ADA, { javaScriptEnabled: false, viewport: { width: 320, height: 700 } })
  await nameField(page).fill('okta-provisioning')
  await approve(page).click()
  await expect(nameField(page)).toHaveAttribute('aria-invalid', 'true')
  await expect(nameField(page)).toBeFocused()
  await page.getByRole('button', { name: /^Use okta-provisioning-\d/ }).click()
  await expect(nameField(page)).not.toHaveAttribute('aria-invalid')
  await expect(nameField(page)).toHaveValue(/^okta-provisioning-\d$/)
  await page.screenshot({ path: test.info().outputPath('without-scripts.png'), fullPage: true })
  await page.getByText('Technical details').click()
  await expect(page.getByText(callback)).toBeVisible()
  await approve(page).click()
  await expect(page).toHaveURL(/[?&]code=/)

  await page.goto(authorizeUrl())
  await nameField(page).fill('!')
  await deny(page).click()
  await expect(page).toHaveURL(/error=access_denied/)
  await page.context().close()
})
