import { type BrowserContext, expect, type Page, test } from '@playwright/test'
import { totpCode, totpStep } from '../lib/auth/second-factor/totp.ts'
import { look } from './support/look.ts'
import { type RunningMuster, startMuster } from './support/server.ts'
import { PASSWORD } from './support/two-teams.ts'

/** What a team's admin does by hand with clients, service users, members and their own account: each act, and its refusal. */

const ADA = 'ada@acme.example' // owns Acme

let muster: RunningMuster
let context: BrowserContext
let page: Page

test.describe.configure({ mode: 'serial' })
test.use({ trace: 'off' })
test.beforeAll(async ({ browser }) => {
  test.setTimeout(180_000)
  muster = await startMuster()
  await command('team', 'create', '--name', 'Acme')
  for (const [email, role] of [
    [ADA, 'owner'],
    ['rex@acme.example', 'reviewer'],
  ] as const)
    await command(
      ...['member', 'create', '--team', 'acme', '--email', email],
      ...['--role', role, '--password-stdin'],
    )
  context = await browser.newContext({ baseURL: muster.url })
  page = await context.newPage()
  await page.goto('/sign-in')
  await fillSignIn()
  await expect(page).toHaveURL(/\/acme$/)
})
test.afterAll(async () => {
  await context?.close()
  await muster?.stop()
})

async function command(...args: string[]) {
  const { code, stdout, stderr } = await muster.command([...args, '--json'], PASSWORD)
  if (code !== 0) throw new Error(`${args.join(' ')}: ${stderr}`)
  return JSON.parse(stdout)
}

async function fillSignIn(): Promise<void> {
  await page.getByLabel('Email').fill(ADA)
  await page.getByLabel('Password', { exact: true }).fill(PASSWORD)
  await page.getByRole('button', { name: 'Sign in', exact: true }).click()
}

const button = (name: string | RegExp) => page.getByRole('button', { name, exact: true })
const shown = (label: string) => page.getByLabel(label, { exact: true }).inputValue()

/** Opens a confirmation, and says yes. */
async function confirm(trigger: string | RegExp, verb: string, typed?: string): Promise<void> {
  await button(trigger).click()
  if (typed) await page.getByRole('dialog').getByRole('textbox').fill(typed)
  const yes = page.getByRole('dialog').getByRole('button', { name: verb, exact: true })
  await expect(yes).toBeEnabled()
  await yes.click()
  await expect(page.getByRole('dialog')).toBeHidden()
}

const scim = async (authorization: string) =>
  (await fetch(`${muster.url}/scim/v2/Users?count=1`, { headers: { authorization } })).status
const bearer = (token: string) => scim(`Bearer ${token}`)

test('a client’s redirect URIs are added and removed on its page; from the next request on they are what counts', async () => {
  await page.goto('/acme/connections/clients/new')
  await page.getByLabel('Name', { exact: true }).fill('Sync')
  await page.getByLabel('Redirect URIs').fill('https://sync.example/callback')
  await look(page, 'client-new')
  await button('Register the client').click()
  await expect(page.getByText('Copy the secret now: it is shown once')).toBeVisible()
  const clientId = await shown('Client id')
  await look(page, 'client-made')
  await page.getByRole('link', { name: 'I have copied it' }).click()

  const okta = 'https://system-admin.okta.com/admin/app/cpc/acme_muster_1/oauth/callback'
  const asked = () =>
    fetch(
      `${muster.url}/oauth/authorize?${new URLSearchParams({ response_type: 'code', client_id: clientId, redirect_uri: okta })}`,
      { redirect: 'manual' },
    ).then(({ status }) => status)
  expect(await asked()).toBe(400)
  await page.getByLabel('Or a redirect URI').fill('http://elsewhere.example/callback')
  await button('Register').click()
  await expect(page.getByText(/A redirect URI must begin with https/)).toBeVisible()
  // What was typed is there to be mended.
  await expect(page.getByLabel('Or a redirect URI')).toHaveValue('http://elsewhere.example/callback')
  await look(page, 'client-refused')
  await page.getByLabel('The app in Okta').fill('acme_muster_1')
  await page.getByLabel('Or a redirect URI').fill('')
  await button('Register').click()
  await expect(page.getByText('Registered 5.')).toBeVisible()
  await expect(page.getByText(okta, { exact: true })).toBeVisible()
  await look(page, 'client')
  expect(await asked()).toBe(303)

  await confirm(`Remove ${okta}`, 'Remove redirect URI')
  await expect(page.getByText(okta, { exact: true })).toHaveCount(0)
  expect(await asked()).toBe(400)
})

test('an Okta app whose address is not one is refused, and what was typed is there to be mended', async () => {
  await page.goto('/acme/connections/new')
  await page.getByLabel('The app’s address in Okta').fill('acme okta com')
  await page.getByLabel('What to call it').fill('Okta of Acme')
  await button('Register the app').click()
  await expect(page.getByText(/^Paste the address of the app in Okta/)).toBeVisible()
  await expect(page.getByLabel('The app’s address in Okta')).toHaveValue('acme okta com')
  await expect(page.getByLabel('What to call it')).toHaveValue('Okta of Acme')
})

test('a client’s secret is replaced with overlap, ended, and the client disabled', async () => {
  const tokenOf = async (secret: string) => {
    const response = await fetch(`${muster.url}/oauth/token`, {
      method: 'POST',
      body: new URLSearchParams({
        grant_type: 'client_credentials',
        client_id: clientId,
        client_secret: secret,
      }),
    })
    return response.status
  }
  const made = await command(
    ...['client', 'create', '--team', 'acme', '--name', 'Entra'],
    ...['--redirect-uri', 'https://entra.example/cb'],
  )
  const clientId: string = made.clientId
  await page.goto('/acme/connections/clients')
  await look(page, 'clients')
  await page.getByRole('link', { name: 'Entra' }).click()
  await page.getByText('Connect it without a browser').click()
  await page.getByLabel('Service user name').fill('entra-sync')
  await button('Connect Entra').click()
  await expect(page.getByRole('listitem').filter({ hasText: 'entra-sync' })).toContainText(
    'Waiting for first push',
  )
  expect(await tokenOf(made.clientSecret)).toBe(200)

  await page.getByRole('link', { name: 'Replace…' }).click()
  await expect(button('Make a new secret')).toBeVisible()
  await look(page, 'secret-new')
  await button('Make a new secret').click()
  const fresh = await shown('Client secret')
  await page.getByRole('link', { name: 'I have copied it' }).click()
  await expect(page.getByRole('heading', { name: 'Secrets' })).toBeVisible()
  expect([await tokenOf(made.clientSecret), await tokenOf(fresh)]).toEqual([200, 200])
  await confirm(`End the secret …${made.clientSecret.slice(-4)} now`, 'End this secret')
  await expect(page.getByRole('heading', { name: 'Secret', exact: true })).toBeVisible()
  expect([await tokenOf(made.clientSecret), await tokenOf(fresh)]).toEqual([401, 200])

  await confirm('Disable…', 'Disable Entra')
  await expect(button('Enable…')).toBeVisible()
  expect(await tokenOf(fresh)).toBe(401)
  await look(page, 'client-disabled')
  await confirm('Enable…', 'Enable Entra')
  await expect(button('Disable…')).toBeVisible()
  expect(await tokenOf(fresh)).toBe(200)
})

test('a service user: its token is rotated with overlap, expired, and it is renamed, disabled, deleted', async () => {
  await page.goto('/acme/connections/service-users/new')
  await page.getByLabel('Service user name').fill('admin')
  await page.getByLabel('The token ends').selectOption({ label: 'In 90 days' })
  await button('Create service user and token').click()
  await expect(page.getByLabel('Service user name')).toHaveAccessibleDescription(/“admin” is reserved/)
  await expect(page.getByLabel('The token ends')).toHaveValue('90')
  await look(page, 'service-user-refused')
  await page.getByLabel('Service user name').fill('okta-header')
  await button('Create service user and token').click()
  await expect(page.getByText('Copy the token now: it is shown once')).toBeVisible()
  const first = await shown('Token')
  await look(page, 'service-user-made')
  await page.getByRole('link', { name: 'I have copied it' }).click()
  expect(await bearer(first)).toBe(200)

  await page.getByRole('link', { name: 'Rotate…' }).click()
  await page.getByLabel('At a time I choose').check()
  await expect(page.getByLabel('Ends at')).toBeVisible()
  await look(page, 'rotate')
  await page.getByLabel('In 2 days').check()
  await button('Rotate the token').click()
  await expect(page.getByText(/The one before it ends/)).toBeVisible()
  const second = await shown('Token')
  await page.getByRole('link', { name: 'I have copied it' }).click()
  await expect(page.getByText(`…${second.slice(-4)}`)).toBeVisible()
  expect([await bearer(first), await bearer(second)]).toEqual([200, 200])

  await page.getByLabel('Name', { exact: true }).fill('entra-sync')
  await button('Rename').click()
  await expect(page.getByText(/“entra-sync” is already in use/)).toBeVisible()
  await page.getByLabel('Name', { exact: true }).fill('okta-main')
  await button('Rename').click()
  await expect(page.getByRole('heading', { name: 'okta-main', level: 1 })).toBeVisible()
  const basic = (name: string) => scim(`Basic ${Buffer.from(`${name}:${second}`).toString('base64')}`)
  expect([await basic('okta-header'), await basic('okta-main')]).toEqual([401, 200])

  await confirm('Disable…', 'Disable okta-main')
  await expect(page.getByText('This service user is disabled')).toBeVisible()
  expect(await bearer(second)).toBe(401)
  await confirm('Enable…', 'Enable okta-main')
  await expect(page.getByText('This service user is disabled')).toHaveCount(0)
  expect(await bearer(second)).toBe(200)
  await look(page, 'service-user')

  await confirm('Expire now…', 'Expire all tokens')
  await expect(page.getByText('No live token').first()).toBeVisible()
  expect([await bearer(first), await bearer(second)]).toEqual([401, 401])
  await page.goto('/acme')
  await expect(page.getByRole('listitem').filter({ hasText: 'No live token' })).toHaveCount(1)
  await page.goto('/acme/connections')
  const tokenless = page.getByRole('row').filter({ hasText: 'okta-main' })
  await expect(tokenless).toContainText('No live token')
  await tokenless.getByRole('link').first().click()
  await expect(page.getByRole('main').getByText('No live token')).toHaveCount(2)
  await page.goto('/acme/connections/service-users')
  await look(page, 'service-users')
  await page.getByRole('link', { name: 'okta-main' }).click()
  await confirm('Delete…', 'Delete okta-main', 'okta-main')
  await expect(page).toHaveURL(/\/acme\/connections\/service-users$/)
  await expect(page.getByRole('link', { name: 'okta-main' })).toHaveCount(0)
})

test('members: invited by a link, given another role, removed; the last owner stays', async () => {
  await page.goto('/acme/settings/members')
  await expect(page.getByText('Only owner')).toBeVisible()
  await page.getByLabel('Email').fill('new@acme.example')
  await page.getByLabel('Role', { exact: true }).selectOption('admin')
  await button('Make an invitation link').click()
  await expect(page.getByText('A link for new@acme.example')).toBeVisible()
  const link = await shown('Invitation link')
  await look(page, 'members')
  const other = await (await context.browser())?.newContext()
  const guest = await other?.newPage()
  if (!guest) throw new Error('no browser')
  await guest.goto(link)
  await expect(guest.getByRole('heading', { level: 1 })).toContainText('Acme')
  await look(guest, 'invitation')
  await other?.close()

  await page.getByRole('combobox', { name: 'Role of rex' }).selectOption('admin')
  await expect(page.getByRole('combobox', { name: 'Role of rex' })).toHaveValue('admin')
  await page.reload()
  await expect(page.getByRole('combobox', { name: 'Role of rex' })).toHaveValue('admin')
  await confirm(/^Remove rex/, 'Remove rex@acme.example')
  await expect(page.getByText('rex@acme.example')).toHaveCount(0)
})

test('two-step sign-in: a wrong code is said, a right one turns it on and is asked for, a recovery code works once', async () => {
  await page.goto('/account')
  await look(page, 'account')
  await page.getByRole('link', { name: 'Set up' }).click()
  await page.getByRole('textbox', { name: 'Code' }).fill('000000')
  await button('Turn on').click()
  await expect(page.getByRole('textbox', { name: 'Code' })).toHaveAttribute('aria-invalid', 'true')
  await look(page, 'two-step')
  const secret = (await page.getByText(/^([A-Z2-7]{4} ?){8}$/).textContent())?.replaceAll(' ', '') ?? ''
  await page.getByRole('textbox', { name: 'Code' }).fill(totpCode(secret, totpStep(Date.now())))
  await button('Turn on').click()
  await expect(page.getByText('Two-step sign-in is on')).toBeVisible()
  const [code = ''] = (await page.getByRole('listitem').allTextContents()).filter((text) =>
    /^[\w-]{8,}$/.test(text),
  )
  await look(page, 'recovery-codes')
  await page.getByRole('link', { name: 'I have kept them' }).click()
  await button('Sign out').click()

  for (const [given, then] of [
    ['no code at all', /error=code_wrong/],
    [code, /\/acme$/],
  ] as const) {
    await page.goto('/sign-in')
    await fillSignIn()
    await expect(page.getByRole('heading', { name: 'Enter your code' })).toBeVisible()
    await page.getByRole('textbox', { name: 'Code' }).fill(given)
    await page.getByRole('button', { name: /Sign in|Continue|Check/ }).click()
    await expect(page).toHaveURL(then)
    if (given !== code) await look(page, 'code-wrong')
  }
  await page.goto('/account/two-step')
  await expect(page.getByText('9 of 10 are left')).toBeVisible()
  await look(page, 'two-step-on')
})
