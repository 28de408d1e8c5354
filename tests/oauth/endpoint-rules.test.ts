import { beforeAll, describe, expect, test } from 'vitest'
import { createServiceUser } from '#lib/connections/create-service-user'
import { expireServiceUser } from '#lib/connections/expire-service-user'
import { env } from '#lib/platform/env'
import { testDatabase } from '#tests/database'
import {
  aClient,
  aCode,
  aMember,
  aTeam,
  Browser,
  basic,
  CALLBACK,
  locationOf,
  oauthFetch,
  post,
  redeem,
  refresh,
  rows,
  scimStatus,
  type TestClient,
  type TestMember,
  type TestTeam,
} from '#tests/oauth-world'

/** Revocation (RFC 7009), introspection (RFC 7662) and metadata (RFC 8414, RFC 9207): one test a rule. */

await testDatabase()
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

type Tokens = { access_token: string; refresh_token: string }
const tokens = async (): Promise<Tokens> =>
  (await redeem(client, (await aCode(client, acme, dana)).code)).json
const revoke = (token: string, by = client, more: Record<string, string> = {}) =>
  post('/oauth/revoke', { token, ...more }, { authorization: basic(by) })
const introspect = (token: string, by = client, more: Record<string, string> = {}) =>
  post('/oauth/introspect', { token, ...more }, { authorization: basic(by) })

describe('revocation', () => {
  test('RFC 7009 §2.1: a refresh token takes the access tokens of its grant with it', async () => {
    const { access_token, refresh_token } = await tokens()
    const answer = await revoke(refresh_token)
    expect([answer.status, answer.text]).toEqual([200, ''])
    expect(answer.headers.get('cache-control')).toBe('no-store')
    expect(await scimStatus(access_token)).toBe(401)
    expect((await refresh(client, refresh_token)).json.error).toBe('invalid_grant')
  })

  test('RFC 7009 §2.1: an access token ends alone', async () => {
    const { access_token, refresh_token } = await tokens()
    expect((await revoke(access_token)).status).toBe(200)
    expect(await scimStatus(access_token)).toBe(401)
    expect((await refresh(client, refresh_token)).status).toBe(200)
  })

  test('RFC 7009 §2.2: a made-up token and one that is revoked already are as good as revoked', async () => {
    const { refresh_token } = await tokens()
    for (const token of ['made up', refresh_token, refresh_token])
      expect((await revoke(token)).status).toBe(200)
  })

  test('RFC 7009 §2.2.1: a wrong or unknown hint changes nothing', async () => {
    for (const token_type_hint of ['access_token', 'id_token']) {
      const { refresh_token, access_token } = await tokens()
      expect((await revoke(refresh_token, client, { token_type_hint })).status).toBe(200)
      expect(await scimStatus(access_token)).toBe(401)
    }
  })

  test('RFC 7009 §2.1: another client’s token is refused, and lives on', async () => {
    const { access_token, refresh_token } = await tokens()
    for (const token of [access_token, refresh_token]) {
      const refused = await revoke(token, other)
      expect([refused.status, refused.json.error]).toEqual([400, 'invalid_grant'])
    }
    expect(await scimStatus(access_token)).toBe(200)
    expect((await refresh(client, refresh_token)).status).toBe(200)
  })

  test('RFC 7009 §2.1: who is not who it says revokes nothing', async () => {
    const { access_token } = await tokens()
    const wrong = await revoke(access_token, { ...client, clientSecret: 'wrong' })
    const nobody = await post('/oauth/revoke', { token: access_token })
    for (const refused of [wrong, nobody]) {
      expect([refused.status, refused.json.error]).toEqual([401, 'invalid_client'])
      expect(refused.headers.get('www-authenticate')).toMatch(/^Basic /)
    }
    expect(await scimStatus(access_token)).toBe(200)
  })

  test('RFC 7009 §2.1: no token, and two, are invalid_request', async () => {
    for (const body of [
      [],
      [
        ['token', 'a'],
        ['token', 'a'],
      ],
    ] as [string, string][][])
      expect((await post('/oauth/revoke', body, { authorization: basic(client) })).json.error).toBe(
        'invalid_request',
      )
  })
})

describe('introspection', () => {
  test('RFC 7662 §2.2: a live token’s answer is true and complete', async () => {
    const { access_token, refresh_token } = await tokens()
    const answer = await introspect(access_token)
    expect(answer.json).toEqual({
      active: true,
      token_type: 'Bearer',
      scope: 'scim',
      client_id: client.clientId,
      username: expect.stringMatching(/^okta-/),
      sub: expect.any(String),
      iss: env().PUBLIC_URL,
      iat: expect.any(Number),
      exp: expect.any(Number),
    })
    expect(answer.json.exp - answer.json.iat).toBe(env().ACCESS_TOKEN_MINUTES * 60)
    expect(answer.headers.get('cache-control')).toBe('no-store')
    const { json } = await introspect(refresh_token, client, { token_type_hint: 'access_token' })
    expect(json.active).toBe(true)
    expect(json.token_type).toBeUndefined()
  })

  test('RFC 7662 §2.2, §4: of any other token it says one thing, whyever', async () => {
    const foreign = await tokens()
    const revoked = await tokens()
    await revoke(revoked.refresh_token)
    const expired = await tokens()
    const [connection] = await rows('SELECT service_user_id FROM connection ORDER BY id DESC LIMIT 1')
    await expireServiceUser({
      teamId: acme.id,
      serviceUserId: connection?.service_user_id,
      actor: { kind: 'operator', name: 'operator' },
    })
    const byHand = await createServiceUser({ teamId: acme.id, name: 'by-hand', createdBy: 'operator' })
    const { code } = await aCode(client, acme, dana)
    const answers = [
      await introspect(foreign.access_token, other),
      ...(await Promise.all(
        [
          'made up',
          code,
          byHand.token,
          revoked.access_token,
          revoked.refresh_token,
          expired.access_token,
          expired.refresh_token,
        ].map((token) => introspect(token)),
      )),
    ]
    for (const { status, text } of answers) expect([status, text]).toEqual([200, '{"active":false}'])
  })

  test('RFC 7662 §2.1: nobody asks without proving who they are, nor a client that cannot', async () => {
    const { access_token } = await tokens()
    for (const refused of [
      await post('/oauth/introspect', { token: access_token }),
      await post('/oauth/introspect', { token: access_token, client_id: client.clientId }),
      await post('/oauth/introspect', { token: access_token, client_id: open.clientId }),
      await post('/oauth/introspect', { token: access_token }, { authorization: `Bearer ${access_token}` }),
    ])
      expect([refused.status, refused.json.error]).toEqual([401, 'invalid_client'])
  })

  test('RFC 7662 §2.1: no token is invalid_request', async () => {
    const refused = await post('/oauth/introspect', {}, { authorization: basic(client) })
    expect([refused.status, refused.json.error]).toEqual([400, 'invalid_request'])
  })
})

describe('metadata', () => {
  const read = async () => {
    const response = await oauthFetch(
      new Request(`${env().PUBLIC_URL}/.well-known/oauth-authorization-server`),
    )
    return { response, metadata: (await response.json()) as Record<string, any> }
  }

  test('RFC 8414 §3.2, §3.3: JSON, whose issuer is the one that was asked, and lies behind every endpoint', async () => {
    const { response, metadata } = await read()
    expect(response.headers.get('content-type')).toBe('application/json')
    expect(response.headers.get('access-control-allow-origin')).toBeNull()
    expect(metadata.issuer).toBe(env().PUBLIC_URL)
    const endpoints = Object.entries(metadata).filter(([name]) => name.endsWith('_endpoint'))
    expect(endpoints.map(([name]) => name.replace('_endpoint', ''))).toEqual([
      'authorization',
      'token',
      'revocation',
      'introspection',
    ])
    for (const [, url] of endpoints) expect(url.startsWith(`${metadata.issuer}/oauth/`)).toBe(true)
  })

  test('RFC 8414 §2: it promises what is kept, and nothing else', async () => {
    const { metadata } = await read()
    expect(metadata.response_types_supported).toEqual(['code'])
    expect(metadata.response_modes_supported).toEqual(['query'])
    expect(metadata.code_challenge_methods_supported).toEqual(['S256'])
    for (const grant of [
      'authorization_code',
      'refresh_token',
      'client_credentials',
      'password',
      'implicit',
    ]) {
      const { json } = await post('/oauth/token', { grant_type: grant }, { authorization: basic(client) })
      const supported = json.error !== 'unsupported_grant_type'
      expect(metadata.grant_types_supported.includes(grant), grant).toBe(supported)
    }
    for (const endpoint of ['token', 'revocation', 'introspection'] as const) {
      const path = new URL(metadata[`${endpoint}_endpoint`]).pathname as '/oauth/token'
      const ask = { grant_type: 'refresh_token', refresh_token: 'made up', token: 'made up' }
      const secret = { client_id: client.clientId, client_secret: client.clientSecret }
      const works = {
        client_secret_basic: await post(path, ask, { authorization: basic(client) }),
        client_secret_post: await post(path, { ...ask, ...secret }),
        none: await post(path, { ...ask, client_id: open.clientId }),
      }
      const accepted = Object.entries(works).filter(([, { json }]) => json?.error !== 'invalid_client')
      expect(accepted.map(([method]) => method)).toEqual(
        metadata[`${endpoint}_endpoint_auth_methods_supported`],
      )
    }
    for (const scope of metadata.scopes_supported) {
      const { code } = await aCode(client, acme, dana, { query: { scope } })
      expect((await redeem(client, code)).json.scope.split(' ')).toContain(scope)
    }
  })

  test('RFC 9207 §3: every answer carries the issuer of the metadata', async () => {
    const { metadata } = await read()
    expect(metadata.authorization_response_iss_parameter_supported).toBe(true)
    const query = { client_id: client.clientId, redirect_uri: CALLBACK, state: 's' }
    const fault = locationOf(await new Browser().authorize({ ...query, response_type: 'token' }))
    expect(fault.searchParams.getAll('iss')).toEqual([metadata.issuer])
    for (const decision of ['approve', 'deny']) {
      const browser = new Browser(dana)
      const asked = locationOf(await browser.authorize({ ...query, response_type: 'code' }))
      const form = { decision, teamId: acme.id, serviceUserName: 'with-issuer' }
      const answer = locationOf(await browser.decide(asked.pathname.split('/').at(-1) as string, form))
      expect(answer.searchParams.getAll('iss')).toEqual([metadata.issuer])
    }
  })
})
