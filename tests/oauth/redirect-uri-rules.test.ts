import { describe, expect, test } from 'vitest'
import { codeRedirect } from '#lib/oauth/authorization-response'
import { oktaRedirectUris } from '#lib/oauth/okta-redirect-uris'
import { redirectUriProblem } from '#lib/oauth/redirect-uri'

describe('what may not be registered as a redirect URI', () => {
  test.each([
    ['RFC 6749 §3.1.2: relative', '/callback'],
    ['RFC 6749 §3.1.2: relative to a scheme', '//app.example/callback'],
    ['RFC 6749 §3.1.2: a fragment', 'https://app.example/callback#x'],
    ['RFC 6749 §3.1.2: an empty fragment', 'https://app.example/callback#'],
    ['RFC 9700 §2.6: plain http', 'http://app.example/callback'],
    ['RFC 9700 §2.6: a host that only looks like loopback', 'http://localhost.evil.example/callback'],
    ['RFC 9700 §4.1.3: a wildcard host', 'https://*.app.example/callback'],
    ['RFC 9700 §4.1.3: a wildcard path', 'https://app.example/*'],
    ['RFC 9700 §4.1.3: a script', 'javascript:alert(1)'],
    ['RFC 9700 §4.1.3: data', 'data:text/html,x'],
    ['RFC 8252 §7.1 is not offered: a scheme of one’s own', 'com.example.app:/callback'],
    ['RFC 3986 §3.2.1: a user name', 'https://okta.com@evil.example/callback'],
    ['RFC 3986 §3.2.1: a user name and password', 'https://a:b@app.example/callback'],
    ['what a browser reads otherwise: a backslash', 'https://app.example\\@evil.example/'],
    ['what a browser reads otherwise: dot segments', 'https://app.example/a/../callback'],
    ['what a browser reads otherwise: encoded dot segments', 'https://app.example/a/%2e%2e/callback'],
    ['what a browser reads otherwise: upper case', 'https://APP.example/callback'],
    ['what a browser reads otherwise: the default port', 'https://app.example:443/callback'],
    ['what a browser reads otherwise: an octal address', 'http://0177.0.0.1/callback'],
    ['beyond ASCII', 'https://äpp.example/callback'],
    ['a space', 'https://app.example/call back'],
    ['a line break', 'https://app.example/callback\r\nX: 1'],
    [
      'RFC 9207 §2.4: a parameter of the answer, iss',
      'https://app.example/callback?iss=https://other.example',
    ],
    ['RFC 6749 §4.1.2: a parameter of the answer, code', 'https://app.example/callback?code=1'],
    ['RFC 6749 §4.1.2: a parameter of the answer, encoded', 'https://app.example/callback?%73tate=1'],
    ['nothing', ''],
    ['no end of it', `https://app.example/${'x'.repeat(2000)}`],
  ])('%s', (_rule, uri) => expect(redirectUriProblem(uri)).toMatch(/\.$|: https?:/))
})

test.each([
  'https://app.example/callback',
  'https://app.example',
  'https://app.example/callback?tenant=1',
  'http://localhost:8080/callback',
  'http://127.0.0.1/callback',
  'http://[::1]:9/callback',
  ...oktaRedirectUris('acme_muster_1'),
])('may be registered: %s', (uri) => expect(redirectUriProblem(uri)).toBeUndefined())

test('the answer is appended to what the URI carries already, of which no character changes (RFC 6749 §3.1.2)', () => {
  const answer = { code: 'c', state: 'a b&c', issuer: 'https://m.example' }
  const query = 'code=c&state=a+b%26c&iss=https%3A%2F%2Fm.example'
  for (const [uri, joint] of [
    ['https://app.example/callback', '?'],
    ['https://app.example/cb?tenant=a%2Fb&x', '&'],
    ['https://app.example/cb?', ''],
  ])
    expect(codeRedirect(uri as string, answer)).toBe(`${uri}${joint}${query}`)
})
