import { describe, expect, test } from 'vitest'
import { codeRedirect, errorRedirect } from './authorization-response.ts'
import { authorizationServerMetadata } from './metadata.ts'
import { oktaAppName, oktaRedirectUris } from './okta-redirect-uris.ts'
import { matchesRedirectUri, redirectUriProblem } from './redirect-uri.ts'
import { grantedScope } from './scope.ts'
import { isTrustedRedirect } from './trusted-redirect.ts'

const issuer = 'https://m.example'

describe('the way back to the client', () => {
  test.each([
    ['https://a.example/cb', 'https://a.example/cb?code=c+d&state=s&iss=https%3A%2F%2Fm.example'],
    ['https://a.example/cb?x=1', 'https://a.example/cb?x=1&code=c+d&state=s&iss=https%3A%2F%2Fm.example'],
    ['https://a.example/cb?', 'https://a.example/cb?code=c+d&state=s&iss=https%3A%2F%2Fm.example'],
    ['https://a.example/cb?x=1&', 'https://a.example/cb?x=1&code=c+d&state=s&iss=https%3A%2F%2Fm.example'],
  ])('%s keeps its own query (RFC 6749 §3.1.2, RFC 9207)', (uri, address) => {
    expect(codeRedirect(uri, { code: 'c d', state: 's', issuer })).toBe(address)
  })
  test('an error, and no state where there was none', () => {
    const error = { error: 'access_denied', description: 'No.' } as const
    expect(errorRedirect('https://a.example/cb', error, { state: undefined, issuer })).toBe(
      'https://a.example/cb?error=access_denied&error_description=No.&iss=https%3A%2F%2Fm.example',
    )
    expect(codeRedirect('https://a.example/cb', { code: 'c', state: null, issuer })).not.toContain('state')
  })
})

describe('what may be registered as a redirect URI', () => {
  test.each([
    'https://app.example/callback',
    'https://app.example/callback?x=1',
    'https://app.example',
    'https://app.example/user@host',
    'https://app.example/?mail=a@b',
    'http://localhost/callback',
    'http://127.0.0.1:8080/callback',
    'http://[::1]/callback',
    'http://system-admin.okta1.com:1802/admin/app/cpc/x/oauth/callback',
    `https://app.example/${'x'.repeat(1980)}`,
  ])('%s', (uri) => {
    expect(redirectUriProblem(uri)).toBeUndefined()
  })
  test.each([
    ['', 'Enter a redirect URI.'],
    [`https://app.example/${'x'.repeat(1981)}`, 'A redirect URI may have at most 2000 characters.'],
    ['https://app.example/a b', 'A redirect URI may hold visible ASCII characters only, and no spaces.'],
    ['https://app.example/~\u007f', 'A redirect URI may hold visible ASCII characters only, and no spaces.'],
    ['https://app.example/#x', 'A redirect URI may not have a fragment (#…).'],
    ['https://app.example/*', 'A redirect URI is matched exactly: wildcards (*) are not possible.'],
    ['https://app.example\\x', 'A redirect URI may not have a backslash.'],
    ['/callback', 'A redirect URI must be absolute, for example https://example.com/callback.'],
    ['https://a@app.example/', 'A redirect URI may not carry a user name or password.'],
    ['https://:b@app.example/', 'A redirect URI may not carry a user name or password.'],
    ['https://@app.example/', 'A redirect URI may not carry a user name or password.'],
    ['HTTPS://:@app.example/', 'A redirect URI may not carry a user name or password.'],
    ['ftp://app.example/', 'A redirect URI must begin with https://.'],
    ['http://app.example/', 'A redirect URI must begin with https://. Plain http:// is for localhost only.'],
    [
      'http://system-admin.okta1.com/',
      'A redirect URI must begin with https://. Plain http:// is for localhost only.',
    ],
    ['https://APP.example/x', 'Write it as browsers do: https://app.example/x'],
    [
      'https://app.example/x?code=1',
      'A redirect URI may not carry the parameter “code”: the answer sets it.',
    ],
    [
      'https://app.example/x?a=1&error_description=',
      'A redirect URI may not carry the parameter “error_description”: the answer sets it.',
    ],
    [
      'https://app.example/x?response',
      'A redirect URI may not carry the parameter “response”: the answer sets it.',
    ],
    [
      'https://app.example/x?state',
      'A redirect URI may not carry the parameter “state”: the answer sets it.',
    ],
    ['https://app.example/x?iss', 'A redirect URI may not carry the parameter “iss”: the answer sets it.'],
    [
      'https://app.example/x?error',
      'A redirect URI may not carry the parameter “error”: the answer sets it.',
    ],
    [
      'https://app.example/x?error_uri',
      'A redirect URI may not carry the parameter “error_uri”: the answer sets it.',
    ],
  ])('%s may not', (uri, problem) => {
    expect(redirectUriProblem(uri)).toBe(problem)
  })
  test('a request names one by the same characters', () => {
    expect(matchesRedirectUri(['https://a.example/x', 'https://b.example'], 'https://b.example')).toBe(true)
    expect(matchesRedirectUri(['https://b.example'], 'https://b.example/')).toBe(false)
    expect(matchesRedirectUri([], '')).toBe(false)
  })
})

describe('Okta’s own addresses', () => {
  test.each([
    ['acme_muster_1', 'acme_muster_1'],
    [' acme-1 ', 'acme-1'],
    ['https://acme-admin.okta.com/admin/app/acme_muster_1/instance/0oa1/#tab', 'acme_muster_1'],
    ['x'.repeat(100), 'x'.repeat(100)],
    ['x'.repeat(101), undefined],
    ['', undefined],
    ['a b', undefined],
    ['a/b', undefined],
    ['https://acme.okta.com/admin/app/a?b/instance/0oa1', undefined],
    ['https://acme.okta.com/admin/apps', undefined],
  ])('the app’s name in %s', (input, name) => {
    expect(oktaAppName(input)).toBe(name)
  })
  test('one redirect URI for each of its clouds', () => {
    expect(oktaRedirectUris('acme_1')).toEqual([
      'https://system-admin.okta.com/admin/app/cpc/acme_1/oauth/callback',
      'https://system-admin.okta-emea.com/admin/app/cpc/acme_1/oauth/callback',
      'https://system-admin.oktapreview.com/admin/app/cpc/acme_1/oauth/callback',
      'https://system-admin.trexcloud.com/admin/app/cpc/acme_1/oauth/callback',
      'http://system-admin.okta1.com:1802/admin/app/cpc/acme_1/oauth/callback',
    ])
    for (const uri of oktaRedirectUris('acme_1')) expect(redirectUriProblem(uri)).toBeUndefined()
  })
  test.each<[string, boolean, boolean]>([
    ['https://evil.example/cb', false, true],
    ['https://evil.example/cb', true, false],
    ['https://system-admin.okta.com/admin/x', true, true],
    ['https://system-admin.okta.com.evil.example/', true, false],
    ['http://localhost:3000/cb', true, true],
    ['not a URI', true, false],
  ])('a fault is told to %s before sign-in (registered by a team: %s): %s', (uri, byTeam, trusted) => {
    expect(isTrustedRedirect(uri, byTeam)).toBe(trusted)
  })
})

test.each([
  [[], 'scim'],
  [['openid profile'], 'scim'],
  [['scim offline_access'], 'scim offline_access'],
  [['x', 'offline_access'], 'scim offline_access'],
])('asked for %j, granted %s (RFC 6749 §3.3)', (requested, scope) => {
  expect(grantedScope(requested)).toBe(scope)
})

test('the metadata (RFC 8414 §2)', () => {
  expect(authorizationServerMetadata(issuer)).toEqual({
    issuer,
    authorization_endpoint: 'https://m.example/oauth/authorize',
    token_endpoint: 'https://m.example/oauth/token',
    revocation_endpoint: 'https://m.example/oauth/revoke',
    introspection_endpoint: 'https://m.example/oauth/introspect',
    scopes_supported: ['scim', 'offline_access'],
    response_types_supported: ['code'],
    response_modes_supported: ['query'],
    grant_types_supported: ['authorization_code', 'refresh_token', 'client_credentials'],
    token_endpoint_auth_methods_supported: ['client_secret_basic', 'client_secret_post', 'none'],
    revocation_endpoint_auth_methods_supported: ['client_secret_basic', 'client_secret_post', 'none'],
    introspection_endpoint_auth_methods_supported: ['client_secret_basic', 'client_secret_post'],
    code_challenge_methods_supported: ['S256'],
    authorization_response_iss_parameter_supported: true,
  })
})
