import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { addApp } from './org/apps.ts'
import { sandboxServer } from './server.ts'
import { openTestSandbox } from './testing/open-test-sandbox.ts'

let sandbox: Awaited<ReturnType<typeof openTestSandbox>>
let server: ReturnType<typeof sandboxServer>
beforeEach(async () => {
  sandbox = await openTestSandbox()
  server = sandboxServer(sandbox)
})
afterEach(() => sandbox.stop())

const own = { host: 'localhost:4400', origin: 'http://localhost:4400' }

function get(path: string) {
  return server.request(path, { headers: { host: 'localhost:4400' } })
}

function post(path: string, form: Record<string, string>, headers: Record<string, string> = own) {
  return server.request(path, { method: 'POST', body: new URLSearchParams(form), headers })
}

/** Follows the redirect of a POST to the page that tells how it went. */
async function told(response: Response) {
  return (await get(response.headers.get('location') ?? '')).text()
}

async function authenticate(pkce: boolean) {
  const app = addApp(sandbox.org, { label: 'Muster', name: 'trial1_muster_1', dialect: 'aiw' })
  const base = `/admin/app/${app.name}/instance/${app.id}/provisioning`
  const form = {
    enabled: 'on',
    baseUrl: sandbox.fake.baseUrl,
    mode: 'oauth2',
    authorizationEndpoint: `${sandbox.fake.origin}/authorize?tenant=a%20b&scope=own`,
    tokenEndpoint: `${sandbox.fake.origin}/token`,
    clientId: 'okta',
    clientSecret: 'secret',
    scopes: 'scim',
    ...(pkce ? { pkce: 'on' } : {}),
  }
  const response = await post(`${base}/integration`, { ...form, do: 'authenticate' })
  return { app, base, form, url: new URL(response.headers.get('location') ?? '') }
}

test('changes are taken from the own pages only, and requests under the own names only', async () => {
  const form = { label: 'Muster', name: 'muster', dialect: 'oin' }
  expect(
    (await post('/admin/apps', form, { host: 'localhost:4400', origin: 'https://evil.example' })).status,
  ).toBe(403)
  expect((await post('/admin/apps', form, { host: 'localhost:4400' })).status).toBe(403)
  expect((await server.request('/admin/apps', { headers: { host: 'evil.example' } })).status).toBe(421)
  expect(sandbox.org.state.apps).toEqual([])
  expect((await post('/admin/apps', form)).status).toBe(303)
  expect(sandbox.org.state.apps).toHaveLength(1)
})

test('Authenticate keeps the endpoint’s own query and comes back through the callback of the app name', async () => {
  const { app, base, form, url } = await authenticate(false)
  expect(url.searchParams.getAll('scope')).toEqual(['own', 'scim'])
  expect(Object.fromEntries(url.searchParams)).toMatchObject({
    tenant: 'a b',
    response_type: 'code',
    client_id: 'okta',
    redirect_uri: 'http://localhost:4400/admin/app/cpc/trial1_muster_1/oauth/callback',
  })
  const state = url.searchParams.get('state') ?? ''
  const callback = await get(`/admin/app/cpc/${app.name}/oauth/callback?code=c0de&state=${state}`)
  expect(await told(callback)).toContain('Muster was authenticated successfully')
  expect(sandbox.fake.tokenRequests.map((request) => request.form)).toEqual([
    { grant_type: 'authorization_code', code: 'c0de', redirect_uri: url.searchParams.get('redirect_uri') },
  ])
  expect(app.enabled).toBe(false)
  const tested = await post(`${base}/integration`, {
    ...form,
    pushNewUsers: 'on',
    pushGroups: 'on',
    do: 'test',
  })
  expect(await told(tested)).toContain(
    'Connector configured successfully: ✗ User Import, ✗ Import Profile Updates, ✓ Create Users, ✗ Update User Attributes, ✓ Push Groups, ✗ Import Groups',
  )
  await post(`${base}/integration`, { ...form, do: 'save' })
  expect(app.enabled).toBe(true)
  const replay = await get(`/admin/app/cpc/${app.name}/oauth/callback?code=c0de&state=${state}`)
  expect(replay.status).toBe(400)
})

test('PKCE sends the challenge, and the verifier with the code', async () => {
  const { app, url } = await authenticate(true)
  await get(`/admin/app/cpc/${app.name}/oauth/callback?code=c&state=${url.searchParams.get('state')}`)
  const verifier = sandbox.fake.tokenRequests[0]?.form.code_verifier ?? ''
  expect(url.searchParams.get('code_challenge')).toBe(
    createHash('sha256').update(verifier).digest('base64url'),
  )
})

test('a wrong state and a refusal are told, and leave no token', async () => {
  const { app, url } = await authenticate(false)
  const wrong = await get(`/admin/app/cpc/${app.name}/oauth/callback?code=c&state=guessed`)
  expect(wrong.status).toBe(400)
  const state = url.searchParams.get('state')
  const denied = await get(
    `/admin/app/cpc/${app.name}/oauth/callback?error=access_denied&error_description=No%20thanks&state=${state}`,
  )
  expect(await told(denied)).toContain('Muster did not authorize Okta. access_denied: No thanks')
  expect(app.tokens).toBeNull()
  expect(sandbox.fake.tokenRequests).toEqual([])
})

test('saving without having authenticated, or with a token the app refuses, enables nothing', async () => {
  const { app, base, form } = await authenticate(false)
  expect(await told(await post(`${base}/integration`, { ...form, do: 'save' }))).toContain(
    'Authenticate with Muster',
  )
  const header = { ...form, mode: 'header', headerToken: 'wrong', do: 'save' }
  expect(await told(await post(`${base}/integration`, header))).toContain(
    'Muster could not be verified. Error while verifying credentials: Unauthorized',
  )
  expect(app.enabled).toBe(false)
})

test('a secret is never written into a page or the state of the control API', async () => {
  const { base } = await authenticate(false)
  expect(await (await get(`${base}?section=integration&edit=1`)).text()).not.toContain('value="secret"')
  expect(await (await get('/api/state')).text()).not.toContain('"secret"')
})

test('what people type is shown as text', async () => {
  await post('/admin/groups', { name: '<b>Ops</b>' })
  const text = await (await get('/admin/groups')).text()
  expect(text).toContain('&lt;b&gt;Ops&lt;/b&gt;')
  expect(text).not.toContain('<b>Ops</b>')
})

test('a search that finds nobody says so, and is not told that nobody is assigned', async () => {
  const app = addApp(sandbox.org, { label: 'Muster', name: 'muster', dialect: 'oin' })
  const base = `/admin/app/${app.name}/instance/${app.id}/assignments`
  for (const path of ['/admin/users', base, `${base}/people`]) {
    const text = await (await get(`${path}?q=nobody`)).text()
    expect(text).toContain('Nobody has such a name or username.')
    expect(text).not.toContain('Assign chosen people')
  }
  expect(await (await get(base)).text()).toContain('Nobody is assigned. Choose Assign.')
})

test('an empty list is a sentence, without the head of a table above nothing', async () => {
  const app = addApp(sandbox.org, { label: 'Muster', name: 'muster', dialect: 'oin' })
  await post('/admin/groups', { name: 'Ops' })
  const group = sandbox.org.state.groups.at(-1)
  const base = `/admin/app/${app.name}/instance/${app.id}`
  for (const path of [
    '/admin/users?q=nobody',
    '/admin/groups?q=nothing',
    `/admin/groups/${group?.id}/assign?q=nobody`,
    `/admin/groups/${group?.id}`,
    `${base}/assignments`,
    `${base}/assignments?show=groups`,
    `${base}/assignments/people?q=nobody`,
    `${base}/assignments/groups?q=nothing`,
    '/admin/tasks',
  ]) {
    const response = await get(path)
    const text = await response.text()
    expect([path, response.status]).toEqual([path, 200])
    expect([path, text.match(/<p class="empty">/g)?.length]).toEqual([path, 1])
    expect([path, text.includes('<table')]).toEqual([path, false])
  }
})

test('each part of the stylesheet is served', async () => {
  const text = await (await get('/assets/style.css')).text()
  for (const part of readdirSync(new URL('pages/assets/style', import.meta.url)))
    expect(text).toContain(readFileSync(new URL(`pages/assets/style/${part}`, import.meta.url), 'utf8'))
})
