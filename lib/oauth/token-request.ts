import { OAuthError } from './oauth-error.ts'
import { type Parameters, readParameters } from './parameters.ts'

export const GRANT_TYPES = ['authorization_code', 'refresh_token', 'client_credentials'] as const

/** What a token request asks for, after the rules that need no look-up. */
export type TokenRequest =
  | {
      grantType: 'authorization_code'
      code: string
      redirectUri: string | undefined
      codeVerifier: string | undefined
    }
  | { grantType: 'refresh_token'; refreshToken: string }
  | { grantType: 'client_credentials' }

/**
 * Every parameter that an endpoint of clients reads; none may be sent twice (RFC 6749 §3.2), `scope` aside: Okta sends
 * again what an admin once typed, and it is not read here.
 */
const KNOWN = [
  'grant_type',
  'code',
  'redirect_uri',
  'code_verifier',
  'refresh_token',
  'scope',
  'client_id',
  'client_secret',
  'client_assertion',
  'client_assertion_type',
  'token',
  'token_type_hint',
]
/** Secrets never travel in a URI (RFC 6749 §2.3.1): there they would end up in logs. */
const NEVER_IN_QUERY = ['client_secret', 'code', 'refresh_token', 'code_verifier', 'token', 'grant_type']

/**
 * The body of a request to the token, revocation or introspection endpoint. Throws OAuthError `invalid_request` for
 * another content type, a repeated parameter, or a secret in the address.
 */
export function readFormRequest(request: {
  contentType: string | null
  query: URLSearchParams
  body: string
}): Parameters {
  const type = (request.contentType ?? '').split(';', 1)[0]?.trim().toLowerCase()
  if (type !== 'application/x-www-form-urlencoded')
    throw new OAuthError('invalid_request', 'The content type must be application/x-www-form-urlencoded.')
  const leaked = NEVER_IN_QUERY.find((name) => request.query.has(name))
  if (leaked)
    throw new OAuthError('invalid_request', `${leaked} must be sent in the body, not in the address.`)
  return readParameters(new URLSearchParams(request.body), KNOWN, ['scope'])
}

/** RFC 6749 §4.1.3, §6 and §4.4.2. Throws OAuthError. */
export function readTokenRequest(parameters: Parameters): TokenRequest {
  const grantType = parameters.get('grant_type')
  if (grantType === undefined) throw new OAuthError('invalid_request', 'grant_type is missing.')
  if (grantType === 'authorization_code')
    return {
      grantType,
      code: required(parameters, 'code'),
      redirectUri: parameters.get('redirect_uri'),
      codeVerifier: parameters.get('code_verifier'),
    }
  if (grantType === 'refresh_token') return { grantType, refreshToken: required(parameters, 'refresh_token') }
  if (grantType === 'client_credentials') return { grantType }
  throw new OAuthError('unsupported_grant_type', `Supported grant types: ${GRANT_TYPES.join(', ')}.`)
}

function required(parameters: Parameters, name: string): string {
  const value = parameters.get(name)
  if (value === undefined) throw new OAuthError('invalid_request', `${name} is missing.`)
  return value
}
