import { beforeAll, describe, expect, test } from 'vitest'
import { forgetAttempts } from '#lib/auth/forget-attempts'
import { setClientDisabled } from '#lib/connections/change-client'
import { authorizeEndpoint } from '#lib/http/oauth/authorize-endpoint'
import { env } from '#lib/platform/env'
import { testDatabase } from '#tests/database'
import {
  aClient,
  aMember,
  aTeam,
  Browser,
  CALLBACK,
  locationOf,
  rows,
  type TestClient,
} from '#tests/oauth-world'

/** What the authorization endpoint must refuse, and how: one row a rule. */

await testDatabase()
const CHALLENGE = 'E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM'
let confidential: TestClient
let open: TestClient
let several: TestClient
let disabled: TestClient
beforeAll(async () => {
  confidential = await aClient()
  open = await aClient({ name: 'Public', confidential: false })
  several = await aClient({ name: 'Several', redirectUris: [CALLBACK, `${CALLBACK}/2`] })
  const acme = await aTeam('Acme')
  disabled = await aClient({ name: 'Disabled', ownerTeamId: acme.id })
  await setClientDisabled({
    teamId: acme.id,
    clientRowId: disabled.id,
    disabled: true,
    actor: { kind: 'operator', name: 'operator' },
    now: Date.now(),
  })
})

type Pairs = [string, string][]
/** A valid request with some parameters set anew (an empty list removes one), and others added. */
function request(set: Record<string, string | string[]>, add: Pairs = []): Pairs {
  const base = {
    response_type: 'code',
    client_id: confidential.clientId,
    redirect_uri: CALLBACK,
    state: 'xyz',
  }
  const pairs = Object.entries({ ...base, ...set }).flatMap(([name, value]) =>
    [value].flat().map((each): [string, string] => [name, each]),
  )
  return [...pairs, ...add]
}

type Row = [rule: string, set: () => Record<string, string | string[]>, add?: Pairs]

describe('a page, and never a redirect (RFC 6749 §4.1.2.1)', () => {
  const to =
    (uri: string): Row[1] =>
    () => ({ redirect_uri: uri })
  test.each<Row>([
    ['RFC 6749 §4.1.2.1: no client', () => ({ client_id: [] })],
    ['RFC 6749 §4.1.2.1: an unknown client', () => ({ client_id: 'nobody' })],
    ['RFC 6749 §3.1: two clients', () => ({ client_id: [confidential.clientId, 'other'] })],
    ['RFC 6749 §3.1: the same client twice', () => ({ client_id: Array(2).fill(confidential.clientId) })],
    ['RFC 6749 §2.2: a client id that holds a line break', () => ({ client_id: 'a\r\nb' })],
    ['RFC 6749 §4.1.2.1: a disabled client', () => ({ client_id: disabled.clientId })],
    [
      'RFC 6749 §3.1.2.3: several registered, none named',
      () => ({ client_id: several.clientId, redirect_uri: [] }),
    ],
    ['RFC 6749 §3.1: redirect_uri twice', () => ({ redirect_uri: [CALLBACK, CALLBACK] })],
    [
      'RFC 6749 §3.1: redirect_uri twice, the second one foreign',
      () => ({ redirect_uri: [CALLBACK, 'https://evil.example'] }),
    ],
    ['RFC 6749 §3.1.2: a fragment', to(`${CALLBACK}#`)],
    ['RFC 6749 §3.1.2: a fragment with a token', to(`${CALLBACK}#access_token=1`)],
    ['RFC 6749 §3.1.2.3: another site', to('https://evil.example/callback')],
    ['RFC 9700 §4.1.3: a registered URI with more at its end', to(`${CALLBACK}2`)],
    ['RFC 9700 §4.1.3: a closing slash', to(`${CALLBACK}/`)],
    ['RFC 9700 §4.1.3: a query of its own', to(`${CALLBACK}?next=https://evil.example`)],
    ['RFC 9700 §4.1.3: less than the registered path', to(CALLBACK.replace('/oauth/callback', ''))],
    ['RFC 9700 §4.1.1: a subdomain', to(CALLBACK.replace('system-admin', 'evil.system-admin'))],
    ['RFC 9700 §4.1.1: the host as a prefix', to(CALLBACK.replace('okta.com', 'okta.com.evil.example'))],
    ['RFC 9700 §4.1.1: the host as a user name', to(CALLBACK.replace('okta.com', 'okta.com@evil.example'))],
    ['RFC 3986 §6.2.1: another case of the host', to(CALLBACK.replace('okta', 'OKTA'))],
    ['RFC 3986 §6.2.1: another case of the path', to(CALLBACK.replace('callback', 'Callback'))],
    ['RFC 3986 §6.2.3: the default port spelled out', to(CALLBACK.replace('.com', '.com:443'))],
    ['RFC 9700 §2.6: http for https', to(CALLBACK.replace('https', 'http'))],
    ['RFC 9700 §4.1.3: dot segments', to(CALLBACK.replace('/oauth', '/x/../oauth'))],
    ['RFC 9700 §4.1.3: encoded dot segments', to(CALLBACK.replace('/oauth', '/x/%2e%2e/oauth'))],
    ['RFC 9700 §4.1.3: an encoded slash', to(CALLBACK.replace('/oauth/', '/oauth%2F'))],
    ['RFC 9700 §4.1.3: encoded once too often', to(encodeURIComponent(CALLBACK))],
    ['RFC 9700 §4.1.3: an encoded letter', to(CALLBACK.replace('oauth', '%6Fauth'))],
    [
      'RFC 9700 §4.1.3: a backslash for the host’s end',
      to(CALLBACK.replace('.com/', '.com\\@evil.example/')),
    ],
    ['RFC 9700 §4.1.3: a space before', to(` ${CALLBACK}`)],
    ['RFC 9700 §4.1.3: a line break after', to(`${CALLBACK}\n`)],
    ['RFC 9700 §4.1.3: a tab within', to(CALLBACK.replace('okta', 'ok\tta'))],
    ['RFC 9700 §4.1.3: a zero byte after', to(`${CALLBACK}\0.evil.example`)],
    ['RFC 9700 §4.1.3: a full-width dot', to(CALLBACK.replace('okta.com', 'okta。com'))],
    ['RFC 9700 §4.1.3: a script', to('javascript:alert(1)//system-admin.okta.com')],
    ['RFC 9700 §4.1.3: data', to('data:text/html,<script>1</script>')],
    ['RFC 9700 §4.1.3: no scheme', to(CALLBACK.replace('https:', ''))],
    ['RFC 9700 §4.1.3: a path alone', to('/admin/app/cpc/acme_muster_1/oauth/callback')],
    ['RFC 8252 §7.3 is for loopback: another port elsewhere', to(CALLBACK.replace('.com', '.com:8443'))],
  ])('%s', async (_rule, set, add) => {
    const before = await rows('SELECT count(*) AS n FROM authorization_request')
    const response = await new Browser().authorize(request(set(), add))
    expect(response.status).toBe(400)
    expect(response.headers.get('location')).toBeNull()
    expect(response.headers.getSetCookie()).toEqual([])
    expect(response.headers.get('content-type')).toBe('text/html; charset=utf-8')
    expect(response.headers.get('content-security-policy')).toMatch(
      /form-action 'none'.*frame-ancestors 'none'/,
    )
    expect(await response.text()).not.toMatch(/evil\.example|href=|<script/)
    expect(await rows('SELECT count(*) AS n FROM authorization_request')).toEqual(before)
  })
})

describe('an error that goes back to the client, with state and iss (RFC 9207 §2)', () => {
  const twice = (name: string, value: string): Row[1] => {
    return () => ({ code_challenge: CHALLENGE, code_challenge_method: 'S256', [name]: [value, value] })
  }
  test.each<[...Row, error: string]>([
    ['RFC 6749 §3.1.1: no response_type', () => ({ response_type: [] }), [], 'invalid_request'],
    ['RFC 6749 §3.1: an empty response_type is none', () => ({ response_type: '' }), [], 'invalid_request'],
    ['RFC 6749 §3.1: response_type twice', twice('response_type', 'code'), [], 'invalid_request'],
    [
      'RFC 9700 §2.1.2: the implicit grant',
      () => ({ response_type: 'token' }),
      [],
      'unsupported_response_type',
    ],
    ['RFC 6749 §3.1.1: code token', () => ({ response_type: 'code token' }), [], 'unsupported_response_type'],
    ['RFC 6749 §3.1.1: CODE', () => ({ response_type: 'CODE' }), [], 'unsupported_response_type'],
    ['RFC 9700 §2.1.2: id_token', () => ({ response_type: 'id_token' }), [], 'unsupported_response_type'],
    ['RFC 6749 §3.1: code_challenge twice', twice('code_challenge', CHALLENGE), [], 'invalid_request'],
    [
      'RFC 6749 §3.1: code_challenge_method twice',
      twice('code_challenge_method', 'S256'),
      [],
      'invalid_request',
    ],
    ['RFC 6749 §3.1: response_mode twice', twice('response_mode', 'query'), [], 'invalid_request'],
    [
      'RFC 9700 §4.3.1: an answer in the fragment',
      () => ({ response_mode: 'fragment' }),
      [],
      'invalid_request',
    ],
    ['RFC 7636 §4.4.1: a public client without PKCE', () => publicly({}), [], 'invalid_request'],
    [
      'RFC 7636 §4.4.1: a public client with an empty challenge',
      () => publicly({ code_challenge: '' }),
      [],
      'invalid_request',
    ],
    [
      'RFC 9700 §2.1.1: plain',
      () => ({ code_challenge: CHALLENGE, code_challenge_method: 'plain' }),
      [],
      'invalid_request',
    ],
    ['RFC 7636 §4.3: no method means plain', () => ({ code_challenge: CHALLENGE }), [], 'invalid_request'],
    [
      'RFC 7636 §4.3: a method of another name',
      () => ({ code_challenge: CHALLENGE, code_challenge_method: 's256' }),
      [],
      'invalid_request',
    ],
    [
      'RFC 9700 §4.8.2: a method whose challenge was taken out',
      () => ({ code_challenge_method: 'S256' }),
      [],
      'invalid_request',
    ],
    ...[CHALLENGE.slice(1), `${CHALLENGE}=`, `${CHALLENGE}A`, CHALLENGE.replace('-', '+'), 'short'].map(
      (challenge): [...Row, string] => [
        `RFC 7636 §4.2: not a SHA-256: ${challenge}`,
        () => ({ code_challenge: challenge, code_challenge_method: 'S256' }),
        [],
        'invalid_request',
      ],
    ),
  ])('%s', async (_rule, set, add, error) => {
    const response = await new Browser().authorize(request(set(), add))
    expect(response.status).toBe(303) // never 307, which would send a form on (RFC 9700 §4.12)
    const answer = locationOf(response)
    expect(answer.origin + answer.pathname).toBe(CALLBACK)
    const { error_description: description, ...rest } = Object.fromEntries(answer.searchParams)
    expect(rest).toEqual({ error, state: 'xyz', iss: env().PUBLIC_URL })
    expect(description).toMatch(/^[\x20-\x21\x23-\x5b\x5d-\x7e]+$/) // RFC 6749 §4.1.2.1
  })

  function publicly(more: Record<string, string>) {
    return { client_id: open.clientId, ...more }
  }

  test.each<[string, string[]]>([
    ['RFC 6749 §3.1: state twice', ['xyz', 'xyz']],
    ['RFC 6749 §3.1: two states', ['xyz', 'abc']],
    ['RFC 6749 Appendix A.5: state with a line break', ['a\r\nSet-Cookie: x=1']],
    ['RFC 6749 Appendix A.5: state beyond ASCII', ['é']],
    ['a state of unbounded length', ['x'.repeat(5000)]],
  ])('%s: the answer carries none', async (_rule, state) => {
    const answer = locationOf(await new Browser().authorize(request({ state })))
    expect(Object.fromEntries(answer.searchParams)).toEqual({
      error: 'invalid_request',
      error_description: expect.any(String),
      iss: env().PUBLIC_URL,
    })
  })
})

describe('what is odd and must work', () => {
  test.each<Row>([
    ['RFC 6749 §3.1: an empty parameter counts as none', () => ({ state: '', scope: '' })],
    ['RFC 6749 §3.1: unknown parameters, also twice', () => ({ tenant: ['a', 'b'], prompt: 'login' })],
    [
      'RFC 8707 §2: resources, which are ignored',
      () => ({ resource: ['https://a.example', 'https://b.example'] }),
    ],
    ['Okta: its scope after the one of the address', () => ({ scope: ['scim', 'scim offline_access'] })],
    ['Okta: scopes repeated, unknown and double-spaced', () => ({ scope: 'scim  scim users:write' })],
    ['RFC 6749 §3.1.2.3: the only redirect URI, left out', () => ({ redirect_uri: [] })],
    ['RFC 7636 §4.3: S256, by a client that need not', () => pkce()],
    ['RFC 6749 Appendix A.5: any visible state', () => ({ state: '!"#$%&\'()*+,-./:;<=>?@[\\]^_`{|}~ ' })],
  ])('%s', async (_rule, set, add) => {
    const response = await new Browser().authorize(request(set(), add))
    expect(response.headers.get('location')).toMatch(/^\/oauth\/approve\/[0-9a-f-]{36}$/)
  })

  const pkce = () => ({ code_challenge: CHALLENGE, code_challenge_method: 'S256' })

  test('Okta: a query string that the address had already, in front of its own', async () => {
    const raw = `${env().PUBLIC_URL}/oauth/authorize?scope=scim%20offline_access&tenant=acme&${new URLSearchParams(request({}))}&scope=scim`
    const response = await new Browser().visit(raw)
    expect(response.headers.get('location')).toMatch(/^\/oauth\/approve\//)
  })
})

describe('an open redirector, which Muster is not (RFC 9700 §4.11.2)', () => {
  const FAULT = { response_type: 'token', redirect_uri: 'https://phish.example/cb' }

  test('a fault leads to an address that a team registered only after a sign-in', async () => {
    const client = await aClient({
      redirectUris: [FAULT.redirect_uri],
      ownerTeamId: (await aTeam('Registrars')).id,
    })
    const asked = request({ ...FAULT, client_id: client.clientId })
    const stranger = locationOf(await new Browser().authorize(asked))
    expect(stranger.pathname).toBe('/sign-in')
    const next = stranger.searchParams.get('next') ?? ''
    expect(next.startsWith('/oauth/authorize?')).toBe(true)
    const member = await new Browser(await aMember()).visit(env().PUBLIC_URL + next)
    expect(locationOf(member).origin).toBe('https://phish.example')
  })

  test('the operator’s own clients, Okta and the person’s own machine are told at once', async () => {
    const teamId = (await aTeam('Registrars two')).id
    const operators = await aClient({ redirectUris: [FAULT.redirect_uri] })
    const okta = await aClient({ ownerTeamId: teamId })
    const local = await aClient({ redirectUris: ['http://127.0.0.1:8/cb'], ownerTeamId: teamId })
    for (const [client, uri] of [
      [operators, FAULT.redirect_uri],
      [okta, CALLBACK],
      [local, 'http://127.0.0.1:8/cb'],
    ] as const) {
      const asked = request({ response_type: 'token', client_id: client.clientId, redirect_uri: uri })
      expect(locationOf(await new Browser().authorize(asked)).href.startsWith(uri)).toBe(true)
    }
  })
})

test('the answer stays out of caches and referrers, and no other site may read it (RFC 9700 §4.2.4, §2.6)', async () => {
  const response = await new Browser().authorize(request({}))
  expect(response.headers.get('cache-control')).toBe('no-store')
  expect(response.headers.get('referrer-policy')).toBe('no-referrer')
  expect(response.headers.get('access-control-allow-origin')).toBeNull()
  for (const cookie of response.headers.getSetCookie()) expect(cookie).toMatch(/HttpOnly; SameSite=Lax/)
})

test('one address has a hundred requests kept in ten minutes, however many it sends at once; another goes on', async () => {
  const ask = (ip: string) =>
    authorizeEndpoint(
      new Request(`${env().PUBLIC_URL}/oauth/authorize?${new URLSearchParams(request({}))}`, {
        headers: { 'x-forwarded-for': ip },
      }),
    )
  const kept = async () => Number((await rows('SELECT count(*) FROM authorization_request'))[0]?.count)
  const before = await kept()
  const answers = await Promise.all(Array.from({ length: 120 }, (_, n) => ask(`2001:db8:1:2::${n}`)))
  const refused = answers.filter(({ status }) => status === 429)
  expect(refused).toHaveLength(20)
  expect((await kept()) - before).toBe(100)
  const waitSeconds = Number(refused[0]?.headers.get('retry-after'))
  expect(waitSeconds).toBeGreaterThan(590)
  expect(waitSeconds).toBeLessThanOrEqual(600)
  expect(Number.isInteger(waitSeconds)).toBe(true)
  expect(await refused[0]?.text()).toMatch(
    /Too many requests for now.*Wait 10 minutes, then start again in Okta/s,
  )
  expect((await ask('2001:db8:1:3::1')).status).toBe(303)

  expect(await forgetAttempts(Date.now())).toBe(0)
  expect(await forgetAttempts(Date.now() + 600_000)).toBeGreaterThan(0)
  expect((await ask('2001:db8:1:2::1')).status).toBe(303)
})
