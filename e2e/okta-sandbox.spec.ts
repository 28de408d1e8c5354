import { expect, type Page, test } from '@playwright/test'
import { expectAccessible } from './support/accessible.ts'
import { adminConsole, type Dialect } from './support/admin-console.ts'
import {
  addGroupByHand,
  addRoleRule,
  addUserByHand,
  connectOkta,
  owner,
  setUp,
  signIn,
} from './support/muster-pages.ts'
import { type RunningSandbox, startSandbox } from './support/sandbox.ts'
import { type RunningMuster, startMuster } from './support/server.ts'

/**
 * “Configure SCIM on Okta”, word by word: https://help.okta.com/en/prod/Content/Topics/Adv_Server_Access/docs/scim-okta.htm,
 * with Muster in the place of Advanced Server Access. Every step is a click on a page of the sandbox or of Muster.
 */
const kinds: Record<Dialect, string> = {
  oin: 'a catalog app, which PATCHes',
  aiw: 'a private app, which PUTs',
}

const appPages = [
  'general',
  'provisioning',
  'provisioning?section=to-app&edit=1',
  'provisioning?section=integration',
  'provisioning?section=integration&edit=1',
  'import',
  'assignments',
  'assignments?show=groups',
  'assignments/people',
  'assignments/groups',
  'push-groups',
  'push-groups?bulk=1',
  'push-groups/new?by=name&group=Finance',
  'push-groups/new?by=rule',
]
const consolePages = [
  'dashboard',
  'tasks',
  'users',
  'users/new',
  'groups',
  'groups/new',
  'apps',
  'apps/new',
  'reports/system-log',
  'nothing-here',
]

for (const dialect of ['oin', 'aiw'] as const) {
  test.describe(`Configure SCIM on Okta, ${kinds[dialect]}`, () => {
    test.describe.configure({ mode: 'serial' })
    let muster: RunningMuster
    let sandbox: RunningSandbox
    /** The person's browser: Okta in one tab, Muster in others. */
    let okta: Page
    let admin: ReturnType<typeof adminConsole>
    let users: Page
    let groups: Page
    let setup: Page
    const faults: string[] = []
    const byHand = { fiona: '', auditors: '' }
    const team = dialect === 'oin' ? 'globex' : 'acme'

    test.beforeAll(async ({ browser }) => {
      ;[muster, sandbox] = await Promise.all([startMuster(), startSandbox()])
      const context = await browser.newContext()
      context.on('weberror', (error) => faults.push(error.error().message))
      okta = await context.newPage()
      admin = adminConsole(okta, sandbox.url)
      users = await context.newPage()
      groups = await context.newPage()
    })
    test.afterAll(async () => {
      await Promise.all([muster?.stop(), sandbox?.stop()])
    })

    test('the first admin is made, and Muster shows the fields that Okta asks for', async ({ browser }) => {
      // In a browser of its own, so that the person is not signed in when Okta sends them to Muster.
      setup = await (await browser.newContext()).newPage()
      await setUp(setup, muster, 'Acme')
      const redirectUri = await admin.addApplication('Muster', dialect)
      expect(redirectUri).toBe(`${sandbox.url}/admin/app/cpc/muster/oauth/callback`)
      if (dialect === 'aiw') {
        const fields = await connectOkta(setup, redirectUri)
        await admin.configureApiIntegration('Muster', fields)
      } else {
        // A catalog app has one client for every team: the operator registers it.
        const made = await muster.command([
          'client',
          'create',
          '--name',
          'Okta',
          '--redirect-uri',
          redirectUri,
          '--json',
        ])
        const { clientId, clientSecret } = JSON.parse(made.stdout)
        await admin.configureApiIntegration('Muster', {
          baseUrl: `${muster.url}/scim/v2`,
          authorizationEndpoint: `${muster.url}/oauth/authorize`,
          tokenEndpoint: `${muster.url}/oauth/token`,
          clientId,
          clientSecret,
        })
      }
    })

    test('Authenticate with Muster → sign in → grant permissions and name the service user → Approve → Save', async () => {
      await admin.authenticate('Muster')
      await expect(okta).toHaveURL(new RegExp(`^${muster.url}/sign-in`))
      await expect(okta.getByText('Okta asks for access to a team.')).toBeVisible()
      await signIn(okta, owner)
      await expect(okta).toHaveURL(/\/oauth\/approve\//)
      if (dialect === 'oin') {
        await okta.getByRole('link', { name: 'Choose another' }).click()
        await okta.getByLabel('Add a team').fill('Globex')
        await okta.getByRole('button', { name: 'Add this team and continue' }).click()
      }
      await expect(
        okta.getByRole('heading', {
          name: dialect === 'oin' ? 'Connect Okta to Globex' : 'Connect Okta to Acme',
        }),
      ).toBeVisible()
      await expect(okta.getByLabel('Service user name')).toHaveValue('okta-provisioning')
      await okta.getByLabel('Service user name').fill('okta-scim')
      await expectAccessible(okta)
      await okta.getByRole('button', { name: 'Approve' }).click()

      await expect(okta).toHaveURL(new RegExp(`^${sandbox.url}/admin/app/muster/instance/`))
      await expect(okta.getByRole('status')).toHaveText('Muster was authenticated successfully')
      await expect(okta.getByLabel('Enable API integration')).toBeChecked()
      await admin.save()
      await expect(okta.getByRole('status')).toHaveText('API integration saved.')
    })

    test('Create Users, Update User Attributes and Deactivate Users are selected and saved', async () => {
      await admin.enableAllToApp()
      if (dialect === 'aiw')
        for (const step of ['okta-scim, approved by', 'Okta’s request arrived'])
          await expect(setup.getByText(step).first()).toBeVisible()
    })

    test('whoever made the team stands in its group owners', async () => {
      await groups.goto(`${muster.url}/${team}/groups`)
      await expect(
        groups.getByRole('row', { name: 'owners' }).getByRole('cell', { name: '1', exact: true }),
      ).toBeVisible()
      await groups.getByRole('link', { name: 'owners', exact: true }).click()
      await expect(groups.getByText('Owners (1)')).toBeVisible()
      await expect(groups.getByRole('listitem').filter({ hasText: owner.email })).toBeVisible()
    })

    test('rules of the Roles page say what pushed groups get', async () => {
      await users.goto(`${muster.url}/${team}/roles`)
      await addRoleRule(users, { match: 'like (* and ?)', name: 'Ops Admin*', role: 'access_admin' })
      await addRoleRule(users, { match: 'named exactly', name: 'Auditors', role: 'reporting_user' })
    })

    test('who and what was made by hand before is not managed by Okta', async () => {
      const home = `${muster.url}/${team}`
      await addUserByHand(users, home, 'guest@partner.example', 'Gus Guest')
      byHand.fiona = await addUserByHand(users, home, 'Fiona.MacLeod@acme-sandbox.example', 'Fiona, by hand')
      await expect(users.getByText('Not managed by Okta')).toBeVisible()
      const members = ['guest@partner.example', 'fiona.macleod@acme-sandbox.example']
      byHand.auditors = await addGroupByHand(groups, home, 'Auditors', members)
      await expect(groups.getByText('Not managed by Okta')).toBeVisible()
    })

    test('assigned people and groups arrive on Muster’s pages without a reload', async () => {
      await users.goto(`${muster.url}/${team}/users`)
      await groups.goto(`${muster.url}/${team}/groups`)
      for (const page of [users, groups]) await page.evaluate(() => Object.assign(window, { opened: true }))
      await admin.assign('Muster', 'Groups', ['Platform', 'Security'])
      await admin.assign('Muster', 'People', ['Nora Eriksen', 'Fiona MacLeod'])
      await expect(okta.getByText('Provisioned', { exact: true })).toHaveCount(15)
      await expect(users.getByRole('status').filter({ hasText: '16 users' }).first()).toBeVisible()
      for (const name of ['Amara Okafor', 'Nora Eriksen'])
        await expect(users.getByRole('row', { name })).toContainText('Active')
    })

    test('pushed groups become Active in Okta, and show in Muster with members and roles at once', async () => {
      await admin.pushGroupsByName('Muster', ['Ops Admins', 'Auditors', 'Data'])
      for (const group of ['Ops Admins', 'Auditors', 'Data'])
        await expect(admin.pushStatus(group)).toHaveText('Active')
      const ops = groups.getByRole('row', { name: 'Ops Admins' })
      await expect(ops).toContainText('Active')
      await expect(ops).toContainText('access_admin')
      await expect(ops.getByRole('cell', { name: '4', exact: true })).toBeVisible()
      await expect(groups.getByRole('row', { name: 'Auditors' })).toContainText('reporting_user')
      await groups.getByRole('link', { name: 'Ops Admins' }).click()
      for (const name of ['Amara Okafor', 'Daniel Weiss', 'Imani Njoroge', 'Nora Eriksen'])
        await expect(groups.getByRole('row', { name })).toBeVisible()
      await expect(users.getByRole('row', { name: 'Amara Okafor' })).toContainText('access_admin')
      await users.getByRole('link', { name: 'Imani Njoroge' }).click()
      await expect(users.getByText('access_admin through Ops Admins')).toBeVisible()
    })

    test('what Okta found by name is managed now, in place: same ids, memberships kept', async ({
      browser,
    }) => {
      const page = await (await browser.newContext()).newPage()
      await page.goto(byHand.fiona)
      await signIn(page, owner)
      await expect(page.getByRole('heading', { name: 'Fiona MacLeod', level: 1 })).toBeVisible()
      await expect(page.getByText('Managed in Okta').first()).toBeVisible()
      await page.goto(byHand.auditors)
      await expect(page.getByRole('heading', { name: 'Auditors', level: 1 })).toBeVisible()
      await expect(page.getByText('Managed in Okta')).toBeVisible()
      for (const name of ['Fiona MacLeod', 'Gus Guest', 'Katarzyna Nowak'])
        await expect(page.getByRole('row', { name })).toBeVisible()
      await page.getByRole('link', { name: 'Gus Guest' }).click()
      await expect(page.getByText('Not managed by Okta')).toBeVisible()
      await expect(page.getByText('reporting_user through Auditors')).toBeVisible()
    })

    test('a rename and a removed member follow', async () => {
      await admin.openGroup('Ops Admins')
      await okta.getByLabel('Name', { exact: true }).fill('Ops Administrators')
      await okta.getByRole('button', { name: 'Save', exact: true }).click()
      await expect(groups.getByRole('heading', { name: 'Ops Administrators', level: 1 })).toBeVisible()
      await expect(users.getByText('access_admin through Ops Administrators')).toBeVisible()
      await okta.getByRole('button', { name: 'Remove Daniel Weiss' }).click()
      await expect(groups.getByRole('row', { name: 'Daniel Weiss' })).toHaveCount(0)
      await expect(groups.getByRole('link', { name: /^Members ?3$/ })).toBeVisible()
    })

    test('a deactivated user is deactivated in Muster, and comes back with the same id, groups and roles', async () => {
      const address = users.url()
      await admin.openPerson('Imani Njoroge')
      await okta.getByRole('button', { name: 'Deactivate' }).click()
      await expect(users.getByText('Deactivated', { exact: true }).first()).toBeVisible()
      await okta.getByRole('button', { name: 'Activate' }).click()
      await expect(users.getByText('Deactivated', { exact: true })).toHaveCount(0)
      await expect(users.getByText('access_admin through Ops Administrators')).toBeVisible()
      expect(users.url()).toBe(address)
    })

    test('a group unlinked with deletion is gone', async () => {
      await groups.getByRole('navigation').getByRole('link', { name: 'Groups', exact: true }).first().click()
      await expect(groups.getByRole('row', { name: 'Data' })).toBeVisible()
      await admin.pushStatusMenu('Muster', 'Data', 'Unlink pushed group')
      await expect(okta.getByLabel('Delete the group in the target app (recommended)')).toBeChecked()
      await okta.getByRole('button', { name: 'Unlink' }).click()
      await expect(groups.getByRole('row', { name: 'Data' })).toHaveCount(0)
      for (const page of [users, groups])
        expect(await page.evaluate(() => 'opened' in window), 'never reloaded').toBe(true)
      expect(faults).toEqual([])
    })

    // The pages are the same for both kinds of app.
    if (dialect === 'aiw') return
    test('every page of the sandbox is accessible, in light and in dark', async () => {
      test.setTimeout(240_000)
      await admin.openTab('Muster', 'General')
      const app = okta.url().replace(/\/general$/, '')
      const ofApp = appPages.map((path) => `${app}/${path}`)
      const ofConsole = consolePages.map((path) => `${sandbox.url}/admin/${path}`)
      for (const address of [...ofApp, ...ofConsole]) {
        await okta.goto(address)
        await expectAccessible(okta)
      }
      await admin.openPerson('Imani Njoroge')
      await expectAccessible(okta)
      await admin.openGroup('Ops Administrators')
      await expectAccessible(okta)
    })
  })
}
