import { describe, expect, test } from 'vitest'
import { oauthRefusal } from '#tests/refusal'
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
