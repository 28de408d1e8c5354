import { type Browser, expect, type Page, test } from '@playwright/test'
import type pg from 'pg'
import { type OidcProvider, startOidcProvider } from '../tests/oidc-provider.ts'
import { expectAccessible } from './support/accessible.ts'
import { databaseOf } from './support/database.ts'
import { type RunningMuster, startMuster } from './support/server.ts'
import { PASSWORD } from './support/two-teams.ts'

/**
 * People of the directory who sign in through an OpenID provider get what their roles give, for as long as they do. The
 * provider is a server of its own; Okta's part is played by SCIM requests with a real token.
 */

const SCIM = 'urn:ietf:params:scim:schemas:core:2.0'
const PATCH = 'urn:ietf:params:scim:api:messages:2.0:PatchOp'

let provider: OidcProvider
let muster: RunningMuster
let database: pg.Client
let token: string
const ids: Record<string, string> = {}

test.describe.configure({ mode: 'serial' })
test.use({ trace: 'off' })
test.beforeAll(async () => {
  test.setTimeout(180_000)
  provider = await startOidcProvider()
  muster = await startMuster({ env: provider.env })
  database = await databaseOf(muster)
  await command('team', 'create', '--name', 'Acme')
  const owner = ['--email', 'olga@acme.example', '--role', 'owner', '--password-stdin']
  await command('member', 'create', '--team', 'acme', ...owner)
  token = (await command('service-user', 'create', '--team', 'acme', '--name', 'okta')).token
  for (const name of ['ana', 'rita', 'uma']) {
    const user = {
      schemas: [`${SCIM}:User`],
      userName: `${name}@acme.example`,
      displayName: name,
      active: true,
    }
    ids[name] = (await (await scim('POST', '/Users', user)).json()).id
  }
  await group('Administrators', 'ana', 'access_admin')
  await group('Auditors', 'rita', 'reporting_user')
})
test.afterAll(async () => {
  await database?.end()
  await muster?.stop()
  await provider?.stop()
})

async function command(...args: string[]) {
  const { code, stdout, stderr } = await muster.command([...args, '--json'], PASSWORD)
  if (code !== 0) throw new Error(`${args.join(' ')}: ${stderr}`)
  return JSON.parse(stdout)
}

async function scim(method: string, path: string, body: object): Promise<Response> {
  const response = await fetch(`${muster.url}/scim/v2${path}`, {
    method,
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/scim+json' },
    body: JSON.stringify(body),
  })
  expect(response.ok).toBe(true)
  return response
}

async function group(displayName: string, member: string, role: string): Promise<void> {
  const body = { schemas: [`${SCIM}:Group`], displayName, members: [{ value: ids[member] }] }
  ids[displayName] = (await (await scim('POST', '/Groups', body)).json()).id
  await database.query(
    `INSERT INTO role_grant (team_id, group_id, role_id, granted_by)
     SELECT g.team_id, g.id, r.id, 'Olga' FROM directory_group g JOIN role r ON r.team_id = g.team_id AND r.name = $2 WHERE g.id = $1`,
    [ids[displayName], role],
  )
}

const setActive = (name: string, active: boolean) =>
  scim('PATCH', `/Users/${ids[name]}`, {
    schemas: [PATCH],
    Operations: [{ op: 'replace', value: { active } }],
  })

/** A browser of its own, in which somebody signs in through the provider and ends up at `path`. */
async function signedIn(browser: Browser, name: string, path = '/acme'): Promise<Page> {
  const page = await (await browser.newContext()).newPage()
  provider.signIn(`${name}@acme.example`)
  await page.goto(`${muster.url}/sign-in?next=${path}`)
  await page.getByRole('button', { name: 'Continue with Acme sign-in' }).click()
  await expect(page).not.toHaveURL(/\/sign-in(?!\?error)/)
  return page
}

test('access_admin administers the team', async ({ browser }) => {
  const page = await signedIn(browser, 'ana')
  await expect(page).toHaveURL(`${muster.url}/acme`)
  await page.goto(`${muster.url}/acme/connections`)
  await page.getByRole('link', { name: 'Connect Okta' }).first().click()
  await expect(page.getByRole('button', { name: 'Register the app' })).toBeVisible()
  await page.goto(`${muster.url}/acme/connections/service-users/new`)
  await page.getByRole('button', { name: 'Create service user and token' }).click()
  await expect(page.getByText('Copy the token now: it is shown once')).toBeVisible()
  // Owners are named by owners, not by the directory.
  await page.goto(`${muster.url}/acme/settings/members`)
  await expect(page.getByLabel('Role', { exact: true }).getByRole('option', { name: 'Owner' })).toHaveCount(0)
  await page.context().close()
})

test('reporting_user reads everything, and changes nothing', async ({ browser }) => {
  const page = await signedIn(browser, 'rita', '/acme/users')
  await expect(page.getByRole('link', { name: 'uma' }).first()).toBeVisible()
  for (const room of [
    '',
    '/connections',
    '/connections/service-users',
    '/groups',
    '/roles',
    '/activity',
    '/settings/members',
  ]) {
    const response = await page.goto(`${muster.url}/acme${room}`)
    expect([room, response?.status()]).toEqual([room, 200])
    await expect(
      page.getByRole('link', { name: /^(Connect Okta|New service user|Add a user)$/ }),
    ).toHaveCount(0)
    await expect(
      page.getByRole('button', { name: /^(Remove|Make an invitation link|Register)/ }),
    ).toHaveCount(0)
  }
  await page.goto(`${muster.url}/acme/connections/service-users/new`)
  await expect(page).toHaveURL(/\/no-access/)
  await page.context().close()
})

test('access_user sees their own profile, groups and roles, and no one else’s', async ({ browser }) => {
  const page = await signedIn(browser, 'uma')
  await expect(page).toHaveURL(`${muster.url}/acme/me`)
  await expect(page.getByRole('heading', { name: 'uma', level: 1 })).toBeVisible()
  await expect(page.getByText('access_user').first()).toBeVisible()
  await expectAccessible(page)
  for (const room of ['/users', `/users/${ids.ana}`, '/groups', '/connections', '/activity', '/settings']) {
    await page.goto(`${muster.url}/acme${room}`)
    await expect(page, room).toHaveURL(/\/no-access/)
    await expect(page.getByText('ana@acme.example')).toHaveCount(0)
  }
  // Whom the directory merely lets in makes no teams.
  await page.goto(`${muster.url}/teams/new`)
  await expect(page.getByRole('heading', { name: 'You may not add a team' })).toBeVisible()
  await page.context().close()
})

test('deactivated: the open stream and the session end at once, and signing in again is refused', async ({
  browser,
}) => {
  const page = await signedIn(browser, 'ana', '/acme/users')
  await expect(page.getByRole('heading', { name: 'Users', level: 1 })).toBeVisible()
  const cookie = (await page.context().cookies()).map(({ name, value }) => `${name}=${value}`).join('; ')
  const stream = await fetch(`${muster.url}/acme/events`, { headers: { cookie } })
  expect(stream.status).toBe(200)
  const ended = (async () => {
    for await (const _ of stream.body ?? []);
  })()

  await setActive('ana', false)
  const since = Date.now()
  await ended
  expect(Date.now() - since).toBeLessThan(3_000)
  // The page that was open finds out by itself.
  await expect(page).toHaveURL(/\/sign-in\?error=deactivated|\/sign-in\?next/)
  const again = await fetch(`${muster.url}/acme/events`, { headers: { cookie } })
  expect(again.status).toBe(404)
  const { rows } = await database.query(
    `SELECT s.revoked_at FROM sign_in_session s JOIN member m ON m.id = s.member_id WHERE m.email = 'ana@acme.example' ORDER BY s.created_at DESC LIMIT 1`,
  )
  expect(rows[0].revoked_at).not.toBeNull()

  await page.goto(`${muster.url}/sign-in`)
  await page.getByRole('button', { name: 'Continue with Acme sign-in' }).click()
  await expect(page.getByText('Your account is deactivated.')).toBeVisible()
  await expectAccessible(page)
  await page.goto(`${muster.url}/acme`)
  await expect(page).toHaveURL(/\/sign-in/)

  await setActive('ana', true)
  await page.context().close()
  const back = await signedIn(browser, 'ana')
  await expect(back).toHaveURL(`${muster.url}/acme`)
  await back.context().close()
})

test('a role taken away holds from the next request on, and so does one given', async ({ browser }) => {
  const page = await signedIn(browser, 'rita', '/acme/activity')
  await expect(page.getByRole('heading', { name: 'Activity', level: 1 })).toBeVisible()
  await scim('PATCH', `/Groups/${ids.Auditors}`, {
    schemas: [PATCH],
    Operations: [{ op: 'remove', path: `members[value eq "${ids.rita}"]` }],
  })
  await page.goto(`${muster.url}/acme/users`)
  await expect(page).toHaveURL(/\/no-access/)
  await page.goto(`${muster.url}/acme`)
  await expect(page).toHaveURL(`${muster.url}/acme/me`)
  await scim('PATCH', `/Groups/${ids.Administrators}`, {
    schemas: [PATCH],
    Operations: [{ op: 'add', path: 'members', value: [{ value: ids.rita }] }],
  })
  await page.goto(`${muster.url}/acme/connections/new`)
  await expect(page.getByRole('button', { name: 'Register the app' })).toBeVisible()
  await page.context().close()
})

test('a password, which Muster set itself, gives nothing of the directory', async ({ page }) => {
  await page.goto(`${muster.url}/sign-in`)
  await page.getByLabel('Email').fill('olga@acme.example')
  await page.getByLabel('Password').fill(PASSWORD)
  await page.getByRole('button', { name: 'Sign in', exact: true }).click()
  await expect(page).toHaveURL(`${muster.url}/acme`)
  // Olga's address in the directory, deactivated: her password still gets the owner in, to mend what is wrong.
  const user = {
    schemas: [`${SCIM}:User`],
    userName: 'olga@acme.example',
    displayName: 'Olga',
    active: false,
  }
  await scim('POST', '/Users', user)
  await page.reload()
  await expect(page).toHaveURL(`${muster.url}/acme`)
})
