import { describe, expect, test } from 'vitest'
import { oauthRefusal } from '#tests/refusal'
import { checkAuthorizationRequest, clientIdOf } from './authorization-request.ts'
import { OAuthError } from './oauth-error.ts'

const home = 'https://app.example/callback'
const challenge = 'E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM'
const client = { confidential: true, disabled: false, redirectUris: [home] }
const request = (query: string | Record<string, string>) =>
  new URLSearchParams(typeof query === 'string' ? query : { response_type: 'code', ...query })
const check = (query: string | Record<string, string>, one: typeof client | undefined = client) =>
  checkAuthorizationRequest(request(query), one)
const redirectOf = (query: string) => {
  try {
    check(query)
  } catch (error) {
    return (error as OAuthError).redirect
  }
  throw new Error('It was accepted.')
}

describe('an authorization request (RFC 6749 §4.1.1)', () => {
  test('with all that it may say', () => {
    expect(
      check({
        redirect_uri: home,
        state: 's t',
        scope: 'scim offline_access',
        code_challenge: challenge,
        code_challenge_method: 'S256',
        response_mode: 'query',
      }),
    ).toEqual({
      redirectUri: home,
      redirectUriGiven: true,
      state: 's t',
      scope: 'scim offline_access',
      codeChallenge: { challenge, method: 'S256' },
    })
  })
  test.each<Record<string, string>>([{}, { redirect_uri: '', state: '', scope: '', response_mode: '' }])(
    'with the least: %j',
    (query) => {
      expect(check(query)).toEqual({
        redirectUri: home,
        redirectUriGiven: false,
        state: undefined,
        scope: 'scim',
        codeChallenge: undefined,
      })
    },
  )
  test('Okta’s second scope', () => {
    expect(check('response_type=code&scope=x&scope=offline_access').scope).toBe('scim offline_access')
  })
  test('the longest state', () => {
    expect(check({ state: 's'.repeat(4096) }).state).toHaveLength(4096)
  })
})

describe('faults that are told to the person alone (§4.1.2.1)', () => {
  const nowhere = 'invalid_request: The request does not say where to return to (redirect_uri).'
  const unknown = 'invalid_request: The address to return to (redirect_uri) is not registered.'
  test.each<[string, typeof client | undefined, string, string]>([
    ['no client', undefined, 'response_type=x', 'invalid_client: The client is not registered here.'],
    ['a disabled client', { ...client, disabled: true }, '', 'invalid_client: The client is disabled here.'],
    ['no redirect URI at all', { ...client, redirectUris: [] }, '', nowhere],
    ['none named, of two', { ...client, redirectUris: [home, `${home}2`] }, '', nowhere],
    ['another one', client, `redirect_uri=${home}/`, unknown],
    ['two', client, `redirect_uri=${home}&redirect_uri=${home}`, unknown],
    ['two empty ones', client, 'redirect_uri=&redirect_uri=', unknown],
  ])('%s', (_, one, query, refusal) => {
    let redirect: unknown
    expect(
      oauthRefusal(() => {
        try {
          return checkAuthorizationRequest(request(query), one)
        } catch (error) {
          redirect = (error as OAuthError).redirect
          throw error
        }
      }),
    ).toBe(refusal)
    expect(redirect).toBeUndefined()
  })
})

describe('faults that are told to the client', () => {
  const state = 'invalid_request: state must be sent once, as visible ASCII characters.'
  test.each([
    ['state=s', 'invalid_request: response_type is missing.'],
    ['state=s&response_type=token', 'unsupported_response_type: Only response_type=code is supported.'],
    [
      'state=s&response_type=code&response_mode=fragment',
      'invalid_request: Only response_mode=query is supported.',
    ],
    [
      'state=s&response_type=code&response_type=code',
      'invalid_request: The parameter response_type was sent more than once.',
    ],
    [
      'state=s&response_type=code&code_challenge=x&code_challenge=x',
      'invalid_request: The parameter code_challenge was sent more than once.',
    ],
    [
      'state=s&response_type=code&code_challenge=x',
      'invalid_request: Send code_challenge_method=S256: no other transform is supported.',
    ],
    ['response_type=code&state=%0a', state],
    ['response_type=code&state=s&state=s', state],
    [`response_type=code&state=${'s'.repeat(4097)}`, state],
  ])('%s', (query, refusal) => {
    expect(oauthRefusal(() => check(query))).toBe(refusal)
    expect(redirectOf(query)).toEqual({
      redirectUri: home,
      state: query.startsWith('state=s') ? 's' : undefined,
    })
  })
  test('a public client without PKCE', () => {
    expect(oauthRefusal(() => check({}, { ...client, confidential: false }))).toBe(
      'invalid_request: This client must use PKCE: code_challenge is missing.',
    )
  })
})

test.each([
  ['client_id=abc', 'abc'],
  [`client_id=${'a'.repeat(200)}`, 'a'.repeat(200)],
  [`client_id=${'a'.repeat(201)}`, undefined],
  ['client_id=', undefined],
  ['', undefined],
  ['client_id=a&client_id=a', undefined],
  ['client_id=a%0a', undefined],
])('the client of %s', (query, clientId) => {
  expect(clientIdOf(new URLSearchParams(query))).toBe(clientId)
})

describe('an OAuth error', () => {
  test.each([
    ['invalid_client', 401],
    ['server_error', 500],
    ['temporarily_unavailable', 503],
    ['invalid_grant', 400],
    ['access_denied', 400],
  ] as const)('%s is %d', (error, status) => {
    expect(new OAuthError(error, 'x').status).toBe(status)
  })
  test('says only what error_description may hold (RFC 6749 §5.2)', () => {
    const error = new OAuthError('invalid_request', 'a “b” ‘c’ "d" … \\ é\n~ !', { detail: 'é' })
    expect(error.description).toBe("a 'b' 'c' 'd' ... ? ??~ !")
    expect(error).toMatchObject({
      name: 'OAuthError',
      message: `invalid_request: ${error.description}`,
      detail: 'é',
    })
  })
})
