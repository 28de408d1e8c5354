import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import AxeBuilder from '@axe-core/playwright'
import { expect, test } from '@playwright/test'
import { startMuster } from './support/server.ts'

const USER = 'urn:ietf:params:scim:schemas:core:2.0:User'
const GROUP = 'urn:ietf:params:scim:schemas:core:2.0:Group'
const PATCH = 'urn:ietf:params:scim:api:messages:2.0:PatchOp'

test('from the set-up link to a pushed group that is Active, live, and what goes wrong is said', async ({
  page,
}) => {
  test.setTimeout(120_000)
  const okta = createServer((request, response) => response.end(`Back in Okta: ${request.url}`))
  await new Promise<void>((resolve) => okta.listen(0, '127.0.0.1', resolve))
  const callback = `http://127.0.0.1:${(okta.address() as AddressInfo).port}/admin/app/cpc/muster/oauth/callback`
  const muster = await startMuster()
  const faults: string[] = []
  page.on('pageerror', (error) => faults.push(error.message))
  try {
    await page.goto(muster.setupUrl ?? '')
    await page.getByLabel('Team').fill('Acme')
    await page.getByLabel('Your name').fill('Dana Ruiz')
    await page.getByLabel('Email').fill('dana@acme.com')
    await page.getByLabel('Password').fill('correct horse battery staple')
    await page.getByRole('button', { name: 'Create team and admin' }).click()
    await expect(page).toHaveURL(`${muster.url}/acme`)
    await page.goto(muster.setupUrl ?? '')
    await expect(page.getByRole('heading', { name: 'This link has ended' })).toBeVisible()

    await page.goto(`${muster.url}/acme/connections/new`)
    await page.getByLabel('Another redirect URI').fill(callback)
    await page.getByRole('button', { name: 'Register the app' }).click()
    await expect(page).toHaveURL(/client=/)
    const clientId = await page.getByRole('textbox', { name: 'Client ID' }).inputValue()
    const secret = await page.getByRole('textbox', { name: 'Client Secret' }).inputValue()

    const authorize = (query: Record<string, string>) =>
      `${muster.url}/oauth/authorize?${new URLSearchParams({ response_type: 'code', client_id: clientId, redirect_uri: callback, state: 'st', ...query })}`
    await page.goto(authorize({ client_id: 'nobody' }))
    expect(page.url()).not.toContain(`127.0.0.1:${(okta.address() as AddressInfo).port}`)
    await page.goto(authorize({ redirect_uri: 'https://evil.example/callback' }))
    expect(page.url().startsWith(muster.url)).toBe(true)

    await page.goto(authorize({}))
    await page.getByRole('button', { name: 'Deny' }).click()
    await expect(page).toHaveURL(/error=access_denied.*state=st/)

    await page.goto(authorize({ scope: 'scim offline_access scim odd' }))
    await page.getByLabel('Service user name').fill('No!')
    await page.getByRole('button', { name: 'Approve' }).click()
    await expect(page.getByLabel('Service user name')).toHaveAttribute('aria-invalid', 'true')
    await page.getByLabel('Service user name').fill('okta-acme')
    await page.getByRole('button', { name: 'Approve' }).click()
    await expect(page).toHaveURL(/code=.*state=st/)
    const code = new URL(page.url()).searchParams.get('code') ?? ''
    const redeem = () =>
      fetch(`${muster.url}/oauth/token`, {
        method: 'POST',
        headers: { authorization: `Basic ${Buffer.from(`${clientId}:${secret}`).toString('base64')}` },
        body: new URLSearchParams({ grant_type: 'authorization_code', code, redirect_uri: callback }),
      })
    const { access_token } = (await (await redeem()).json()) as { access_token: string }
    const scim = async (method: string, path: string, body?: object) =>
      fetch(`${muster.url}/scim/v2${path}`, {
        method,
        headers: {
          authorization: `Bearer ${access_token}`,
          'user-agent': 'Okta SCIM Client 1.0.0',
          'content-type': 'application/scim+json; charset=utf-8',
        },
        body: body && JSON.stringify(body),
      })
    expect((await scim('GET', '/Users?startIndex=1&count=2')).status).toBe(200)

    await page.goto(`${muster.url}/acme/users`)
    const ana = {
      schemas: [USER],
      userName: 'ana@acme.com',
      name: { givenName: 'Ana', familyName: 'Silva' },
      displayName: 'Ana Silva',
      emails: [{ primary: true, value: 'ana@acme.com', type: 'work' }],
      active: true,
    }
    const { id } = (await (await scim('POST', '/Users', ana)).json()) as { id: string }
    await expect(page.getByRole('link', { name: 'Ana Silva' })).toBeVisible()

    await page.goto(`${muster.url}/acme/groups`)
    const group = (await (
      await scim('POST', '/Groups', { schemas: [GROUP], displayName: 'Ops', members: [] })
    ).json()) as { id: string }
    expect(
      (
        await scim('PATCH', `/Groups/${group.id}`, {
          schemas: [PATCH],
          Operations: [{ op: 'add', path: 'members', value: [{ value: id, display: 'ana@acme.com' }] }],
        })
      ).status,
    ).toBe(204)
    await expect(page.getByRole('row', { name: /Ops.*1.*Pushing|Ops.*1.*Active/ })).toBeVisible()
    await page.getByRole('link', { name: 'Ops' }).click()
    await expect(page.getByRole('link', { name: 'Ana Silva' })).toBeVisible()

    await scim('PATCH', `/Users/${id}`, {
      schemas: [PATCH],
      Operations: [{ op: 'replace', value: { active: false } }],
    })
    await page.goto(`${muster.url}/acme/users/${id}`)
    await expect(page.getByText('Deactivated', { exact: true }).first()).toBeVisible()
    await scim('PATCH', `/Users/${id}`, {
      schemas: [PATCH],
      Operations: [{ op: 'replace', value: { active: true } }],
    })
    await expect(page.getByText('Deactivated', { exact: true })).toHaveCount(0)

    for (const path of [
      '',
      '/connections',
      '/users',
      '/groups',
      `/groups/${group.id}`,
      `/users/${id}`,
      '/roles',
      '/activity',
      '/settings',
    ]) {
      await page.goto(`${muster.url}/acme${path}`)
      const { violations } = await new AxeBuilder({ page }).analyze()
      expect(violations.map((each) => `${path} ${each.id}: ${each.nodes[0]?.html}`)).toEqual([])
    }

    // A code presented twice takes its tokens with it.
    expect((await redeem()).status).toBe(400)
    expect((await scim('GET', '/Users?count=1')).status).toBe(401)
    expect(faults).toEqual([])
  } finally {
    await muster.stop()
    okta.close()
  }
})
