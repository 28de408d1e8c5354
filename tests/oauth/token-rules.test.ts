import { beforeAll, describe, expect, test } from 'vitest'
import { postOnly } from '#lib/http/oauth/post-only'
import { protocolFetch } from '#lib/http/protocol'
import { s256 } from '#lib/oauth/code-challenge'
import { env } from '#lib/platform/env'
import { testDatabase } from '#tests/database'
import {
  aClient,
  aCode,
  aMember,
  aTeam,
  basic,
  CALLBACK,
  oauthExchanges,
  post,
  redeem,
  refresh,
  rows,
  scimStatus,
  type TestClient,
  type TestMember,
  type TestTeam,
} from '#tests/oauth-world'

/** What the token endpoint must refuse, and how: one row a rule. Every refusal leaves the code or token as it was. */

await testDatabase()
const VERIFIER = 'a-code-verifier-of-at-least-forty-three-characters'
let client: TestClient
let other: TestClient
let open: TestClient
let dana: TestMember
let acme: TestTeam
beforeAll(async () => {
  client = await aClient()
  other = await aClient({ name: 'Other' })
  open = await aClient({ name: 'Public', confidential: false })
  dana = await aMember()
  acme = await aTeam('Acme', dana)
})

const pkce = { code_challenge: s256(VERIFIER), code_challenge_method: 'S256' }
const basicOf = (id: string, secret: string) => `Basic ${Buffer.from(`${id}:${secret}`).toString('base64')}`

type Sent = { body: [string, string][]; headers?: Record<string, string>; query?: string; raw?: string }
type Row = [rule: string, change: (sent: Sent, code: string) => Sent, status: number, error: string]

const set = (sent: Sent, name: string, value?: string): Sent => ({
  ...sent,
  body: [
    ...sent.body.filter(([each]) => each !== name),
    ...(value === undefined ? [] : ([[name, value]] as [string, string][])),
  ],
})
const add = (sent: Sent, name: string, value: string): Sent => ({
  ...sent,
  body: [...sent.body, [name, value]],
})
const by = (sent: Sent, authorization: string | undefined): Sent => {
  const { authorization: _, ...rest } = sent.headers ?? {}
  return { ...sent, headers: authorization === undefined ? rest : { ...rest, authorization } }
}
const typed = (sent: Sent, type: string): Sent => ({
  ...sent,
  headers: { ...sent.headers, 'content-type': type },
})
/** A parameter twice, with the same value. */
const twice = (name: string, value: string): Row => [
  `RFC 6749 §3.2: ${name} twice`,
  (sent) => add(set(sent, name, value), name, value),
  400,
  'invalid_request',
]

const ROWS: Row[] = [
  ['RFC 6749 §3.2: no grant_type', (sent) => set(sent, 'grant_type'), 400, 'invalid_request'],
  [
    'RFC 6749 §3.2: an empty grant_type is none',
    (sent) => set(sent, 'grant_type', ''),
    400,
    'invalid_request',
  ],
  ['RFC 6749 §4.1.3: no code', (sent) => set(sent, 'code'), 400, 'invalid_request'],
  ...['password', 'implicit', 'urn:ietf:params:oauth:grant-type:jwt-bearer', 'Authorization_Code'].map(
    (grant): Row => [
      `RFC 6749 §5.2, RFC 9700 §2.4: grant_type ${grant}`,
      (sent) => set(sent, 'grant_type', grant),
      400,
      'unsupported_grant_type',
    ],
  ),
  ...['grant_type', 'code', 'redirect_uri', 'code_verifier', 'client_id'].map((name) =>
    twice(name, { grant_type: 'authorization_code', redirect_uri: CALLBACK }[name] ?? 'x'),
  ),
  [
    'RFC 6749 §3.2: two codes, the first one good',
    (sent) => add(sent, 'code', 'another'),
    400,
    'invalid_request',
  ],
  [
    'RFC 6749 §3.2: JSON',
    (sent) => ({
      ...typed(sent, 'application/json'),
      raw: JSON.stringify(Object.fromEntries(sent.body)),
    }),
    400,
    'invalid_request',
  ],
  [
    'RFC 6749 §3.2: multipart',
    (sent) => typed(sent, 'multipart/form-data; boundary=x'),
    400,
    'invalid_request',
  ],
  ['RFC 6749 §3.2: text', (sent) => typed(sent, 'text/plain'), 400, 'invalid_request'],
  ['a body without end', (sent) => add(sent, 'x', 'y'.repeat(40_000)), 400, 'invalid_request'],
  ['RFC 6749 §2.3: no authentication', (sent) => by(sent, undefined), 401, 'invalid_client'],
  [
    'RFC 6749 §2.3: two methods at once',
    (sent) => add(add(sent, 'client_secret', client.clientSecret), 'client_id', client.clientId),
    400,
    'invalid_request',
  ],
  [
    'RFC 6749 §2.3: another client_id beside Basic',
    (sent) => add(sent, 'client_id', other.clientId),
    400,
    'invalid_request',
  ],
  ['RFC 6749 §5.2: an unknown client', (sent) => by(sent, basicOf('nobody', 'x')), 401, 'invalid_client'],
  ['RFC 6749 §5.2: a wrong secret', (sent) => by(sent, basicOf(client.clientId, 'x')), 401, 'invalid_client'],
  [
    'RFC 6749 §2.3.1: an empty secret',
    (sent) => by(sent, basicOf(client.clientId, '')),
    401,
    'invalid_client',
  ],
  [
    'RFC 6749 §2.3: another client’s secret',
    (sent) => by(sent, basicOf(client.clientId, other.clientSecret)),
    401,
    'invalid_client',
  ],
  ['RFC 7617 §2: Basic without a colon', (sent) => by(sent, `Basic ${btoa('abc')}`), 401, 'invalid_client'],
  ['RFC 7617 §2: Basic that is not base64', (sent) => by(sent, 'Basic ???'), 401, 'invalid_client'],
  ['RFC 6749 §2.3: another scheme', (sent) => by(sent, 'Bearer abc'), 401, 'invalid_client'],
  [
    'RFC 6749 §2.3: a client without a secret that sends one',
    (sent) => by(sent, basicOf(open.clientId, 'x')),
    401,
    'invalid_client',
  ],
  [
    'RFC 7521 §4.2 is not offered: an assertion',
    (sent) => add(sent, 'client_assertion', 'x'),
    401,
    'invalid_client',
  ],
  ...['client_secret', 'code', 'refresh_token', 'code_verifier'].map(
    (name): Row => [
      `RFC 6749 §2.3.1: ${name} in the address`,
      (sent) => ({ ...sent, query: `?${name}=x` }),
      400,
      'invalid_request',
    ],
  ),
  [
    'RFC 6749 §5.2: a code that was never issued',
    (sent) => set(sent, 'code', 'made-up'),
    400,
    'invalid_grant',
  ],
  [
    'RFC 6749 §10.10: a code with one letter changed',
    (sent, code) =>
      set(
        sent,
        'code',
        code.replace(/.$/, (last) => (last === 'a' ? 'b' : 'a')),
      ),
    400,
    'invalid_grant',
  ],
  ['RFC 6749 §4.1.3: a code of another client', (sent) => by(sent, basic(other)), 400, 'invalid_grant'],
  [
    'RFC 6749 §4.1.3: no redirect_uri, though the request named it',
    (sent) => set(sent, 'redirect_uri'),
    400,
    'invalid_grant',
  ],
  [
    'RFC 6749 §4.1.3: another redirect_uri',
    (sent) => set(sent, 'redirect_uri', `${CALLBACK}/`),
    400,
    'invalid_grant',
  ],
  [
    'RFC 7636 §4.6, RFC 9700 §2.1.1: no code_verifier',
    (sent) => set(sent, 'code_verifier'),
    400,
    'invalid_grant',
  ],
  [
    'RFC 7636 §4.6: another verifier, as of a code that was injected (RFC 9700 §4.5)',
    (sent) => set(sent, 'code_verifier', `${VERIFIER}x`),
    400,
    'invalid_grant',
  ],
  [
    'RFC 7636 §7.2: the challenge itself, as if it were plain',
    (sent) => set(sent, 'code_verifier', s256(VERIFIER)),
    400,
    'invalid_grant',
  ],
  [
    'RFC 7636 §4.1: a verifier that is too short',
    (sent) => set(sent, 'code_verifier', 'x'),
    400,
    'invalid_grant',
  ],
]

async function token(sent: Sent): Promise<Awaited<ReturnType<typeof post>>> {
  const path = `/oauth/token${sent.query ?? ''}` as '/oauth/token'
  return post(path, sent.raw ?? sent.body, sent.headers)
}

function exchange(code: string): Sent {
  return {
    body: [
      ['grant_type', 'authorization_code'],
      ['code', code],
      ['redirect_uri', CALLBACK],
      ['code_verifier', VERIFIER],
    ],
    headers: { authorization: basic(client) },
  }
}

describe('a code is not exchanged', () => {
  test.each(ROWS)('%s', async (_rule, change, status, error) => {
    const { code } = await aCode(client, acme, dana, { query: pkce })
    const refused = await token(change(exchange(code), code))
    expect([refused.status, refused.json.error]).toEqual([status, error])
    expect(Object.keys(refused.json)).toEqual(['error', 'error_description'])
    expect(refused.json.error_description).toMatch(/^[\x20-\x21\x23-\x5b\x5d-\x7e]+$/) // RFC 6749 §5.2
    expect(refused.headers.get('content-type')).toMatch(/^application\/json/)
    expect(refused.headers.get('cache-control')).toBe('no-store') // §5.1
    expect(refused.headers.get('pragma')).toBe('no-cache')
    expect(refused.headers.get('www-authenticate')).toBe(
      status === 401 ? 'Basic realm="Muster", charset="UTF-8"' : null,
    )
    expect(refused.headers.get('access-control-allow-origin')).toBeNull() // RFC 9700 §2.6
    // Nothing was used up: the client that does it right is served.
    expect((await token(exchange(code))).status).toBe(200)
  })

  test('RFC 9700 §4.8.2: a verifier for a code that was asked for without a challenge (PKCE downgrade)', async () => {
    const { code } = await aCode(client, acme, dana)
    const refused = await redeem(client, code, { code_verifier: VERIFIER })
    expect([refused.status, refused.json.error]).toEqual([400, 'invalid_grant'])
    expect((await redeem(client, code)).status).toBe(200)
  })

  test('RFC 6749 §4.1.2, §10.5: twice; what it led to is revoked, and the connection’s page says so', async () => {
    const { code } = await aCode(client, acme, dana)
    const first = (await redeem(client, code)).json
    expect(await scimStatus(first.access_token)).toBe(200)
    const second = await redeem(client, code)
    expect([second.status, second.json.error]).toEqual([400, 'invalid_grant'])
    expect(await scimStatus(first.access_token)).toBe(401)
    expect((await refresh(client, first.refresh_token)).json.error).toBe('invalid_grant')
    const [{ notice }] = (await rows('SELECT notice FROM connection ORDER BY id DESC LIMIT 1')) as [
      { notice: string },
    ]
    expect(notice).toContain('presented twice')
  })

  test('RFC 6749 §10.5: by another client, whose attempt revokes nothing', async () => {
    const { code } = await aCode(client, acme, dana)
    const { access_token } = (await redeem(client, code)).json
    expect((await redeem(other, code)).json.error).toBe('invalid_grant')
    expect(await scimStatus(access_token)).toBe(200)
  })
})

describe('what is odd and must work', () => {
  test.each<[string, (sent: Sent) => Sent]>([
    [
      'RFC 6749 §3.2: unknown parameters, also twice',
      (sent) => add(add(sent, 'audience', 'a'), 'audience', 'b'),
    ],
    [
      'RFC 8707 §2.2: resources, which are ignored',
      (sent) => add(add(sent, 'resource', 'a'), 'resource', 'b'),
    ],
    ['Okta: scope, repeated and unknown', (sent) => add(add(sent, 'scope', 'scim'), 'scope', 'users:write')],
    ['RFC 6749 §3.2: empty parameters', (sent) => add(add(sent, 'client_secret', ''), 'client_id', '')],
    ['RFC 6749 §3.2.1: the same client_id beside Basic', (sent) => add(sent, 'client_id', client.clientId)],
    ['RFC 9110 §11.1: basic in lower case', (sent) => by(sent, basic(client).replace('Basic', 'basic'))],
    [
      'RFC 7231 §3.1.1.1: a charset',
      (sent) => typed(sent, 'Application/X-WWW-Form-Urlencoded; charset=UTF-8'),
    ],
  ])('%s', async (_rule, change) => {
    const { code } = await aCode(client, acme, dana, { query: pkce })
    expect((await token(change(exchange(code)))).json).toMatchObject({ token_type: 'Bearer' })
  })
})

describe('refreshing and client credentials', () => {
  const tokens = async () => (await redeem(client, (await aCode(client, acme, dana)).code)).json

  test('RFC 6749 §6, §10.4: a refresh token works for its own client alone', async () => {
    const { refresh_token } = await tokens()
    expect((await refresh(other, refresh_token)).json.error).toBe('invalid_grant')
    expect((await refresh(client, refresh_token)).status).toBe(200)
  })

  test('RFC 6749 §6: neither an access token nor a code is a refresh token', async () => {
    const { code } = await aCode(client, acme, dana)
    for (const text of [(await tokens()).access_token, code, 'made up', ''])
      expect((await refresh(client, text)).json.error).toBe(text ? 'invalid_grant' : 'invalid_request')
  })

  test('RFC 6749 §6: a wider scope is not granted by refreshing', async () => {
    const { refresh_token } = await tokens()
    const wider = await post(
      '/oauth/token',
      { grant_type: 'refresh_token', refresh_token, scope: 'scim offline_access admin' },
      { authorization: basic(client) },
    )
    expect(wider.json.scope).toBe('scim')
  })

  test('RFC 6749 §4.4: client credentials are for clients with a secret, and one connection', async () => {
    const ask = (authorization: string) =>
      post('/oauth/token', { grant_type: 'client_credentials' }, { authorization })
    const publicly = await post('/oauth/token', {
      grant_type: 'client_credentials',
      client_id: open.clientId,
    })
    expect(publicly.json.error).toBe('unauthorized_client')
    expect((await ask(basic(other))).json.error).toBe('unauthorized_client')
    await aCode(other, acme, dana)
    expect((await ask(basic(other))).json).toEqual({
      access_token: expect.stringMatching(/^mst_at_/),
      token_type: 'Bearer',
      expires_in: 3600,
      scope: 'scim',
    })
    await aCode(other, acme, dana)
    expect((await ask(basic(other))).json.error).toBe('unauthorized_client')
  })
})

describe('RFC 6750: how a token may be shown', () => {
  const scim = (headers: Record<string, string>, query = '') =>
    protocolFetch(new Request(`${env().PUBLIC_URL}/scim/v2/Users${query}`, { headers }))

  test('§2.3, RFC 9700 §4.3.2: not in the address; and it is not kept', async () => {
    const { access_token } = (await redeem(client, (await aCode(client, acme, dana)).code)).json
    const answer = await scim({}, `?access_token=${access_token}`)
    expect(answer.status).toBe(401)
    // §3: without credentials, no error is named.
    expect(answer.headers.get('www-authenticate')).toBe('Bearer realm="Muster"')
    await oauthExchanges()
    expect(JSON.stringify(await rows('SELECT * FROM exchange'))).not.toContain(access_token)
  })

  test('§3.1: a refresh token, a code and a made-up one are invalid_token', async () => {
    const { code } = await aCode(client, acme, dana)
    const { refresh_token } = (await redeem(client, code)).json
    for (const text of [refresh_token, code, 'made-up']) {
      const answer = await scim({ authorization: `Bearer ${text}` })
      expect(answer.status).toBe(401)
      expect(answer.headers.get('www-authenticate')).toMatch(/^Bearer realm="Muster", error="invalid_token"/)
      expect(await answer.text()).not.toContain(text)
    }
  })
})

test.each(['GET', 'PUT', 'DELETE', 'PATCH'])('RFC 6749 §3.2: POST alone; %s is told so', async (method) => {
  const answer = postOnly(new Request(`${env().PUBLIC_URL}/oauth/token?code=x`, { method }))
  expect(answer.status).toBe(405)
  expect(answer.headers.get('allow')).toBe('POST')
  expect(await answer.json()).toMatchObject({ error: 'invalid_request' })
})
