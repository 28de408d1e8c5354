import { beforeAll, expect, test } from 'vitest'
import { env } from '#lib/platform/env'
import { testDatabase } from '#tests/database'
import {
  aClient,
  aCode,
  aMember,
  aTeam,
  Browser,
  CALLBACK,
  locationOf,
  oauthExchanges,
  post,
  redeem,
  refresh,
  requestIdOf,
  rows,
  scimStatus,
  type TestClient,
  type TestMember,
  type TestTeam,
} from '#tests/oauth-world'

await testDatabase()
let client: TestClient
let dana: TestMember
let acme: TestTeam
beforeAll(async () => {
  client = await aClient()
  dana = await aMember()
  acme = await aTeam('Acme', dana)
})

test('an approval makes service user, connection and tokens that SCIM accepts', async () => {
  const browser = new Browser(dana)
  const asked = await browser.authorize({
    response_type: 'code',
    client_id: client.clientId,
    redirect_uri: CALLBACK,
    state: 'a state',
    scope: 'offline_access',
  })
  expect(asked.status).toBe(303)
  const requestId = requestIdOf(asked)
  expect(await browser.view(requestId)).toMatchObject({
    kind: 'grant',
    team: { name: 'Acme' },
    name: { value: 'okta-provisioning' },
  })
  const answer = await browser.decide(requestId, {
    decision: 'approve',
    teamId: acme.id,
    serviceUserName: ' Okta-Provisioning ',
  })
  expect(answer.status).toBe(303)
  const back = locationOf(answer)
  expect(`${back.origin}${back.pathname}`).toBe(CALLBACK)
  expect(back.searchParams.get('state')).toBe('a state')
  expect(back.searchParams.get('iss')).toBe(env().PUBLIC_URL)
  const tokens = await redeem(client, back.searchParams.get('code') ?? '')
  expect(tokens.json).toEqual({
    access_token: expect.stringMatching(/^mst_at_[0-9A-Za-z]{71}$/),
    token_type: 'Bearer',
    expires_in: 3600,
    refresh_token: expect.stringMatching(/^mst_rt_/),
    scope: 'scim offline_access',
  })
  expect(tokens.headers.get('cache-control')).toBe('no-store')
  expect(await scimStatus(tokens.json.access_token)).toBe(200)
  const [made] = await rows(
    `SELECT s.name, s.created_by, c.approved_by, c.client_id FROM connection c JOIN service_user s ON s.id = c.service_user_id WHERE c.team_id = $1`,
    [acme.id],
  )
  expect(made).toEqual({
    name: 'okta-provisioning',
    created_by: dana.email,
    approved_by: dana.email,
    client_id: client.id,
  })
  expect((await browser.view(requestId)).kind).toBe('used')
})

test('body authentication works as Basic does, and refreshing gives a new pair', async () => {
  const { code } = await aCode(client, acme, dana)
  const tokens = await post('/oauth/token', {
    grant_type: 'authorization_code',
    code,
    redirect_uri: CALLBACK,
    client_id: client.clientId,
    client_secret: client.clientSecret,
  })
  expect(tokens.status).toBe(200)
  const again = await refresh(client, tokens.json.refresh_token)
  expect(again.status).toBe(200)
  expect(again.json.refresh_token).not.toBe(tokens.json.refresh_token)
  expect(await scimStatus(again.json.access_token)).toBe(200)
})

test('denying sends access_denied back, with state and iss, and the request is spent', async () => {
  const browser = new Browser(dana)
  const requestId = requestIdOf(
    await browser.authorize({
      response_type: 'code',
      client_id: client.clientId,
      redirect_uri: CALLBACK,
      state: 's',
    }),
  )
  const answer = locationOf(await browser.decide(requestId, { decision: 'deny', serviceUserName: '!' }))
  expect(answer.href.startsWith(CALLBACK)).toBe(true)
  expect(Object.fromEntries(answer.searchParams)).toMatchObject({
    error: 'access_denied',
    state: 's',
    iss: env().PUBLIC_URL,
  })
  const after = await browser.decide(requestId, {
    decision: 'approve',
    teamId: acme.id,
    serviceUserName: 'late-one',
  })
  expect(after.headers.get('location')).toBe(`/oauth/approve/${requestId}`)
  expect(await rows(`SELECT 1 FROM service_user WHERE name = 'late-one'`)).toEqual([])
})

test('every token request leaves an exchange, attributed and without its secrets', async () => {
  const { code } = await aCode(client, acme, dana)
  const tokens = await redeem(client, code)
  await redeem({ ...client, clientSecret: 'wrong' }, code)
  const [refused, issued] = await oauthExchanges()
  expect(issued).toMatchObject({ team_id: acme.id, status: 200, action: 'token.issue', kind: 'oauth' })
  expect(issued?.connection_id).toBeTruthy()
  expect(refused).toMatchObject({ status: 401, error_type: 'invalid_client' })
  const kept = JSON.stringify([issued, refused])
  for (const secret of [code, tokens.json.access_token, tokens.json.refresh_token, client.clientSecret])
    expect(kept).not.toContain(secret)
})
