import { describe, expect, test } from 'vitest'
import { oauthRefusal } from '#tests/refusal'
import { checkCodeVerifier, readCodeChallenge, s256 } from './code-challenge.ts'
import { readParameters } from './parameters.ts'

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
