import { describe, expect, test } from 'vitest'
import { oauthRefusal } from '#tests/refusal'
import { readClientAuthentication } from './client-authentication.ts'
import { checkCodeVerifier, readCodeChallenge, s256 } from './code-challenge.ts'
import { readParameters } from './parameters.ts'
import { readFormRequest, readTokenRequest } from './token-request.ts'

const FORM = 'application/x-www-form-urlencoded'
const form = (body: string, contentType: string | null = FORM, query = '') =>
  readFormRequest({ contentType, query: new URLSearchParams(query), body })
const token = (body: string) => readTokenRequest(form(body))

describe('a form from a client (RFC 6749 §3.2)', () => {
  test('is read; what is empty is not there, and what is unknown may repeat', () => {
    const parameters = form(
      'a=&scope=x&scope=&scope=y&resource=1&resource=2&code=c',
      `${FORM.toUpperCase()} ; charset=utf-8`,
    )
    expect(parameters.get('a')).toBeUndefined()
    expect(parameters.get('code')).toBe('c')
    expect(parameters.all('scope')).toEqual(['x', 'y'])
    expect(parameters.all('nothing')).toEqual([])
  })
  test.each([null, '', 'application/json', `x${FORM}`])('of the content type %j is refused', (type) => {
    expect(oauthRefusal(() => form('', type))).toBe(
      'invalid_request: The content type must be application/x-www-form-urlencoded.',
    )
  })
  test.each(['client_secret', 'code', 'refresh_token', 'code_verifier', 'token', 'grant_type'])(
    '%s in the address is refused',
    (name) => {
      expect(oauthRefusal(() => form('', FORM, `${name}=x`))).toBe(
        `invalid_request: ${name} must be sent in the body, not in the address.`,
      )
    },
  )
  test.each([
    'grant_type',
    'code',
    'redirect_uri',
    'code_verifier',
    'refresh_token',
    'client_id',
    'client_secret',
    'client_assertion',
    'client_assertion_type',
    'token',
    'token_type_hint',
  ])('%s twice is refused', (name) => {
    expect(oauthRefusal(() => form(`${name}=x&${name}=`))).toBe(
      `invalid_request: The parameter ${name} was sent more than once.`,
    )
  })
  test('client_id may stand in the address as well', () => {
    expect(() => form('', FORM, 'client_id=x&scope=y')).not.toThrow()
  })
  test('nothing repeats unless it is said', () => {
    expect(oauthRefusal(() => readParameters(new URLSearchParams('a=1&a=1'), ['a']))).toBe(
      'invalid_request: The parameter a was sent more than once.',
    )
  })
})

describe('a token request', () => {
  test.each([
    [
      'grant_type=authorization_code&code=c',
      { grantType: 'authorization_code', code: 'c', redirectUri: undefined, codeVerifier: undefined },
    ],
    [
      'grant_type=authorization_code&code=c&redirect_uri=r&code_verifier=v',
      { grantType: 'authorization_code', code: 'c', redirectUri: 'r', codeVerifier: 'v' },
    ],
    ['grant_type=refresh_token&refresh_token=t', { grantType: 'refresh_token', refreshToken: 't' }],
    ['grant_type=client_credentials', { grantType: 'client_credentials' }],
  ])('%s', (body, expected) => {
    expect(token(body)).toEqual(expected)
  })
  test.each([
    ['', 'invalid_request: grant_type is missing.'],
    ['grant_type=authorization_code', 'invalid_request: code is missing.'],
    ['grant_type=refresh_token&refresh_token=', 'invalid_request: refresh_token is missing.'],
    [
      'grant_type=password',
      'unsupported_grant_type: Supported grant types: authorization_code, refresh_token, client_credentials.',
    ],
  ])('%s is refused', (body, refusal) => {
    expect(oauthRefusal(() => token(body))).toBe(refusal)
  })
})

describe('a client shows who it is (RFC 6749 §2.3)', () => {
  const basic = (pair: string) => `Basic ${Buffer.from(pair).toString('base64')}`
  const read = (header: string | null, body = '') => readClientAuthentication(header, form(body))
  test.each([
    [basic('id:se%3Acret'), '', { clientId: 'id', secret: 'se:cret', method: 'client_secret_basic' }],
    [
      basic('a+b:c+d:e').replace('Basic', 'bAsIc  '),
      '',
      { clientId: 'a b', secret: 'c d:e', method: 'client_secret_basic' },
    ],
    [`${basic('id:s')} `, 'client_id=id', { clientId: 'id', secret: 's', method: 'client_secret_basic' }],
    [basic('id:'), '', { clientId: 'id', secret: undefined, method: 'none' }],
    [
      basic(`${'x'.repeat(200)}:s`),
      '',
      { clientId: 'x'.repeat(200), secret: 's', method: 'client_secret_basic' },
    ],
    [null, 'client_id=id&client_secret=s', { clientId: 'id', secret: 's', method: 'client_secret_post' }],
    [null, 'client_id=id', { clientId: 'id', secret: undefined, method: 'none' }],
    ['', `client_id=${'x'.repeat(200)}`, { clientId: 'x'.repeat(200), secret: undefined, method: 'none' }],
  ])('%s %s', (header, body, credentials) => {
    expect(read(header, body)).toEqual(credentials)
  })
  const form401 = 'invalid_client: The Authorization header must be: Basic base64(client_id:client_secret).'
  test.each([
    ['Bearer x', form401],
    ['Basic', form401],
    ['Basic a b', form401],
    ['xBasic aTpz', form401],
    ['Basic aTpz===', form401],
    [basic('id'), form401],
    [basic(':s'), form401],
    [basic('%zz:s'), form401],
    [basic('id:%zz'), form401],
    [basic('i\nd:s'), form401],
    [basic(`${'x'.repeat(201)}:s`), form401],
  ])('the header %s is refused', (header, refusal) => {
    expect(oauthRefusal(() => read(header))).toBe(refusal)
  })
  test.each([
    [
      basic('id:s'),
      'client_secret=s',
      'invalid_request: The client authenticated twice: by header and in the body.',
    ],
    [
      basic('id:s'),
      'client_id=other',
      'invalid_request: client_id differs from the one in the Authorization header.',
    ],
    [null, '', 'invalid_client: The client did not say who it is: client_id is missing.'],
    [null, 'client_id=%0a', 'invalid_client: The client is not registered here.'],
    [null, `client_id=${'x'.repeat(201)}`, 'invalid_client: The client is not registered here.'],
    [
      null,
      'client_assertion=x',
      'invalid_client: Client assertions are not supported. Send the client secret.',
    ],
    [
      null,
      'client_assertion_type=x',
      'invalid_client: Client assertions are not supported. Send the client secret.',
    ],
  ])('%s %s is refused', (header, body, refusal) => {
    expect(oauthRefusal(() => read(header, body))).toBe(refusal)
  })
})

describe('PKCE (RFC 7636)', () => {
  // Appendix B.
  const verifier = 'dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk'
  const challenge = 'E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM'
  const read = (query: string, confidential = true) =>
    readCodeChallenge(readParameters(new URLSearchParams(query), []), confidential)
  test('a verifier matches its challenge', () => {
    expect(s256(verifier)).toBe(challenge)
    checkCodeVerifier(challenge, verifier)
    checkCodeVerifier(null, undefined)
    expect(read(`code_challenge=${challenge}&code_challenge_method=S256`, false)).toEqual({
      challenge,
      method: 'S256',
    })
    expect(read('')).toBeUndefined()
  })
  const mismatch = 'invalid_grant: code_verifier does not match the code_challenge of the request.'
  test.each<[string | null, string | undefined, string]>([
    [
      null,
      verifier,
      'invalid_grant: code_verifier was sent, but the code was asked for without code_challenge.',
    ],
    [
      challenge,
      undefined,
      'invalid_grant: code_verifier is missing: the code was asked for with code_challenge.',
    ],
    [challenge, `${verifier}x`, mismatch],
    [challenge, challenge, mismatch],
    [s256('short'), 'short', mismatch],
    [s256('x'.repeat(129)), 'x'.repeat(129), mismatch],
    [s256(`${'x'.repeat(42)} `), `${'x'.repeat(42)} `, mismatch],
    [s256(` ${'x'.repeat(43)}`), ` ${'x'.repeat(43)}`, mismatch],
  ])('%s against %s is refused', (one, other, refusal) => {
    expect(oauthRefusal(() => checkCodeVerifier(one, other))).toBe(refusal)
  })
  test.each(['x'.repeat(43), `${'a'.repeat(124)}-._~`])(
    'the verifier %s is of a length and kind that may be',
    (one) => {
      expect(() => checkCodeVerifier(s256(one), one)).not.toThrow()
    },
  )
  test.each([
    ['code_challenge_method=S256', 'invalid_request: code_challenge_method was sent without code_challenge.'],
    [
      `code_challenge=${challenge}`,
      'invalid_request: Send code_challenge_method=S256: no other transform is supported.',
    ],
    [
      `code_challenge=${challenge}&code_challenge_method=plain`,
      'invalid_request: Send code_challenge_method=S256: no other transform is supported.',
    ],
    [
      `code_challenge=${challenge}x&code_challenge_method=S256`,
      'invalid_request: code_challenge is not a base64url-encoded SHA-256.',
    ],
    [
      `code_challenge=x${challenge}&code_challenge_method=S256`,
      'invalid_request: code_challenge is not a base64url-encoded SHA-256.',
    ],
    [
      `code_challenge=${challenge.slice(1)}.&code_challenge_method=S256`,
      'invalid_request: code_challenge is not a base64url-encoded SHA-256.',
    ],
  ])('%s is refused', (query, refusal) => {
    expect(oauthRefusal(() => read(query))).toBe(refusal)
  })
})
