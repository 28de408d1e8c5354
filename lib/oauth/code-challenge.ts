import { createHash } from 'node:crypto'
import { constantTimeEqual } from './constant-time-equal.ts'
import { OAuthError } from './oauth-error.ts'
import type { Parameters } from './parameters.ts'

/** RFC 7636 §4.1 and §4.2: 43 to 128 unreserved characters; a SHA-256 is exactly 43 of base64url. */
const VERIFIER = /^[A-Za-z0-9\-._~]{43,128}$/
const S256_CHALLENGE = /^[A-Za-z0-9\-_]{43}$/

export type CodeChallenge = { challenge: string; method: 'S256' }

/**
 * The PKCE part of an authorization request (RFC 7636 §4.3). Only S256: `plain`, also when it is meant by leaving the
 * method out, gives away the verifier to whoever reads the request (RFC 9700 §2.1.1). Public clients must use it.
 */
export function readCodeChallenge(parameters: Parameters, confidential: boolean): CodeChallenge | undefined {
  const challenge = parameters.get('code_challenge')
  const method = parameters.get('code_challenge_method')
  if (challenge === undefined) {
    if (method !== undefined)
      throw new OAuthError('invalid_request', 'code_challenge_method was sent without code_challenge.')
    if (!confidential)
      throw new OAuthError('invalid_request', 'This client must use PKCE: code_challenge is missing.')
    return undefined
  }
  if (method !== 'S256')
    throw new OAuthError(
      'invalid_request',
      'Send code_challenge_method=S256: no other transform is supported.',
    )
  if (!S256_CHALLENGE.test(challenge))
    throw new OAuthError('invalid_request', 'code_challenge is not a base64url-encoded SHA-256.')
  return { challenge, method }
}

/**
 * RFC 7636 §4.6. A code that was asked for with a challenge needs its verifier, and a verifier for a code without a
 * challenge is refused: somebody removed the challenge on the way (PKCE downgrade, RFC 9700 §4.8.2).
 */
export function checkCodeVerifier(challenge: string | null, verifier: string | undefined): void {
  if (challenge === null) {
    if (verifier === undefined) return
    throw new OAuthError(
      'invalid_grant',
      'code_verifier was sent, but the code was asked for without code_challenge.',
    )
  }
  if (verifier === undefined)
    throw new OAuthError(
      'invalid_grant',
      'code_verifier is missing: the code was asked for with code_challenge.',
    )
  if (!VERIFIER.test(verifier) || !constantTimeEqual(s256(verifier), challenge))
    throw new OAuthError('invalid_grant', 'code_verifier does not match the code_challenge of the request.')
}

export function s256(verifier: string): string {
  return createHash('sha256').update(verifier, 'ascii').digest('base64url')
}
