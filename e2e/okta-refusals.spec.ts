import { expect, type Page, test } from '@playwright/test'
import { expectAccessible } from './support/accessible.ts'
import { adminConsole } from './support/admin-console.ts'
import { connectOkta, owner, setUp, signIn } from './support/muster-pages.ts'
import { type RunningSandbox, startSandbox } from './support/sandbox.ts'
import { type RunningMuster, startMuster } from './support/server.ts'

/** What goes wrong on the way from Okta to Muster, and what the person reads on either side. */
test.describe('between Okta and Muster', () => {
  test.describe.configure({ mode: 'serial' })
  let muster: RunningMuster
  let sandbox: RunningSandbox
  let okta: Page
  let admin: ReturnType<typeof adminConsole>
  let fields: Awaited<ReturnType<typeof connectOkta>>

  test.beforeAll(async ({ browser }) => {
    ;[muster, sandbox] = await Promise.all([startMuster(), startSandbox()])
    okta = await (await browser.newContext()).newPage()
    admin = adminConsole(okta, sandbox.url)
    await setUp(okta, muster, 'Acme')
    const redirectUri = await admin.addApplication('Muster', 'aiw')
    await okta.goto(`${muster.url}/acme`)
    fields = await connectOkta(okta, redirectUri)
  })
  test.afterAll(async () => {
    await Promise.all([muster?.stop(), sandbox?.stop()])
  })

  const approve = (name: string) => okta.getByRole('button', { name })
  const authenticate = async (changed: Partial<typeof fields> = {}) => {
    await admin.configureApiIntegration('Muster', { ...fields, ...changed })
    await admin.authenticate('Muster')
  }

  test('a client that Muster does not know: a page of Muster’s, and no way back', async () => {
    await authenticate({ clientId: 'okta-nobody' })
    await expect(okta).toHaveURL(new RegExp(`^${muster.url}`))
    await expect(okta.getByRole('heading', { level: 1 })).toBeVisible()
    expect(await okta.locator(`a[href^="${sandbox.url}"]`).count()).toBe(0)
    await expectAccessible(okta)
  })

  test('a redirect URI that is not registered: the same, with what to do', async () => {
    await admin.openTab('Muster', 'General')
    await okta.getByLabel('App name').fill('muster_renamed')
    await okta.getByRole('button', { name: 'Save' }).first().click()
    await authenticate()
    await expect(okta).toHaveURL(new RegExp(`^${muster.url}`))
    await expect(okta.getByText(/redirect URI/i).first()).toBeVisible()
    expect(await okta.locator(`a[href^="${sandbox.url}"]`).count()).toBe(0)
    await expectAccessible(okta)
    await admin.openTab('Muster', 'General')
    await okta.getByLabel('App name').fill('muster')
    await okta.getByRole('button', { name: 'Save' }).first().click()
  })

  test('Deny: Okta says that Muster did not authorize it, and nothing is connected', async () => {
    await authenticate()
    await approve('Deny').click()
    await expect(okta.getByRole('alert')).toContainText('Muster did not authorize Okta. access_denied')
    await okta.goto(`${muster.url}/acme/connections`)
    await expect(okta.getByText('okta-provisioning')).toHaveCount(0)
  })

  test('a wrong client secret: approved, but Okta gets no token and says why', async () => {
    await authenticate({ clientSecret: 'not-the-secret' })
    await approve('Approve').click()
    await expect(okta.getByRole('alert')).toContainText(
      'Error while exchanging the authorization code: invalid_client',
    )
    await admin.save()
    await expect(okta.getByRole('alert')).toContainText('Authenticate with Muster before saving.')
  })

  test('a service user name that is not allowed or taken: said at the field, with a free one to choose', async () => {
    await authenticate()
    const name = okta.getByLabel('Service user name')
    await okta.getByLabel('Add a second connection').check()
    await name.fill('1 Okta!')
    await approve('Approve').click()
    await expect(name).toHaveAttribute('aria-invalid', 'true')
    await name.fill('okta-provisioning')
    await approve('Approve').click()
    await expect(okta.getByText('“okta-provisioning” is already in use in Acme.')).toBeVisible()
    await expectAccessible(okta)
    await okta.getByRole('button', { name: /okta-provisioning-2/ }).click()
    await expect(name).toHaveValue('okta-provisioning-2')
  })

  test('a request is used once: its page afterwards says so and leads to the connection', async () => {
    const page = okta.url().replace(/\?.*/, '')
    await approve('Approve').click()
    await expect(okta.getByRole('status')).toHaveText('Muster was authenticated successfully')
    await admin.save()
    await expect(okta.getByRole('status')).toHaveText('API integration saved.')
    await okta.goto(page)
    await expect(okta.getByRole('heading', { name: 'This request was used already' })).toBeVisible()
    await okta.getByRole('link', { name: 'See the connection' }).click()
    await expect(okta.getByText('They belong to the service user okta-provisioning-2.')).toBeVisible()
    await okta.goto(`${muster.url}/oauth/approve/01a210cb-dbe8-7c6b-9d71-63c1e9a34a23`)
    await expect(okta.getByRole('heading', { name: 'This request has ended' })).toBeVisible()
  })

  test('whoever may not approve reads whom to ask, and can only deny', async ({ browser }) => {
    const reviewer = { email: 'rhea@acme.com', password: 'a reviewer signs in here' }
    await muster.command(
      [
        'member',
        'create',
        '--team',
        'acme',
        '--email',
        reviewer.email,
        '--role',
        'reviewer',
        '--password-stdin',
      ],
      reviewer.password,
    )
    const page = await (await browser.newContext()).newPage()
    const other = adminConsole(page, sandbox.url)
    await other.openTab('Muster', 'Provisioning')
    await page.getByRole('link', { name: 'Integration', exact: true }).click()
    await page.getByRole('link', { name: 'Edit' }).click()
    await other.authenticate('Muster')
    await signIn(page, reviewer)
    await expect(page.getByText('You cannot approve this')).toBeVisible()
    await expect(page.getByText(`Ask one of: ${owner.email}.`)).toBeVisible()
    await expect(page.getByRole('button', { name: 'Approve' })).toHaveCount(0)
    await expectAccessible(page)
    await page.getByRole('button', { name: 'Deny' }).click()
    await expect(page.getByRole('alert')).toContainText('access_denied')
  })

  test('revoked tokens: the next request is refused, Okta’s task says what to do, and doing it heals', async () => {
    await admin.openTab('Muster', 'Provisioning')
    await admin.enableAllToApp()
    await okta.goto(`${muster.url}/acme/connections`)
    await okta.getByRole('row', { name: 'okta-provisioning-2' }).getByRole('link').first().click()
    await okta.getByRole('link', { name: 'Manage' }).click()
    await okta.getByRole('button', { name: 'Expire now' }).click()
    await okta
      .getByRole('dialog')
      .getByRole('button', { name: /Expire/ })
      .click()
    await expect(okta.getByRole('dialog')).toHaveCount(0)

    await admin.assign('Muster', 'People', ['Hiro Tanaka'])
    await okta.getByRole('link', { name: /^Tasks/ }).click()
    const task = okta.getByRole('row', {
      name: 'Automatic provisioning of user Hiro Tanaka to app Muster failed',
    })
    await expect(task).toContainText('Unauthorized. Errors reported by remote server: ')
    await expectAccessible(okta)

    await admin.openTab('Muster', 'Provisioning')
    await okta.getByRole('link', { name: 'Integration', exact: true }).click()
    await okta.getByRole('link', { name: 'Edit' }).click()
    await admin.authenticate('Muster')
    await okta.getByLabel('Replace the tokens of okta-provisioning-2').check()
    await approve('Approve').click()
    await admin.save()
    await okta.getByRole('link', { name: /^Tasks/ }).click()
    await okta.getByRole('button', { name: 'Retry Selected' }).click()
    await expect(okta.getByText('No failed operation.')).toBeVisible()
    await okta.goto(`${muster.url}/acme/users`)
    await expect(okta.getByRole('row', { name: 'Hiro Tanaka' })).toContainText('Active')
  })
})
