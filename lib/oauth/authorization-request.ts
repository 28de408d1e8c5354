import { type CodeChallenge, readCodeChallenge } from './code-challenge.ts'
import { OAuthError } from './oauth-error.ts'
import { isVisible, readParameters } from './parameters.ts'
import { matchesRedirectUri } from './redirect-uri.ts'
import { grantedScope } from './scope.ts'

/** What the rules need to know of a registered client. */
export type RegisteredClient = { confidential: boolean; disabled: boolean; redirectUris: readonly string[] }

/** A request that may be shown to a person for approval. */
export type AuthorizationParameters = {
  redirectUri: string
  /** Whether the request named it; then the token request must name it too (RFC 6749 §4.1.3). */
  redirectUriGiven: boolean
  state: string | undefined
  scope: string
  codeChallenge: CodeChallenge | undefined
}

const KNOWN = ['response_type', 'scope', 'state', 'code_challenge', 'code_challenge_method', 'response_mode']
const MAX_STATE_LENGTH = 4096

/** The `client_id` of an authorization request; undefined when there is not exactly one to look up. */
export function clientIdOf(query: URLSearchParams): string | undefined {
  const given = query.getAll('client_id')
  return given.length === 1 && given[0] && given[0].length <= 200 && isVisible(given[0])
    ? given[0]
    : undefined
}

/**
 * RFC 6749 §4.1.1, in the order that keeps §4.1.2.1: who asks, then where the answer may go, both without a redirect
 * when they fail; only then all else, whose faults are told to the client. Throws OAuthError.
 */
export function checkAuthorizationRequest(
  query: URLSearchParams,
  client: RegisteredClient | undefined,
): AuthorizationParameters {
  checkClient(client)
  const { redirectUri, redirectUriGiven } = checkRedirectUri(query, client)
  const state = readState(query)
  try {
    if (query.has('state') && query.get('state') !== '' && state === undefined)
      throw new OAuthError('invalid_request', 'state must be sent once, as visible ASCII characters.')
    const parameters = readParameters(query, KNOWN, ['scope'])
    checkResponse(parameters.get('response_type'), parameters.get('response_mode'))
    const codeChallenge = readCodeChallenge(parameters, client.confidential)
    return {
      redirectUri,
      redirectUriGiven,
      state,
      scope: grantedScope(parameters.all('scope')),
      codeChallenge,
    }
  } catch (cause) {
    if (!(cause instanceof OAuthError)) throw cause
    throw new OAuthError(cause.error, cause.description, { redirect: { redirectUri, state } })
  }
}

function checkClient(client: RegisteredClient | undefined): asserts client is RegisteredClient {
  if (!client) throw new OAuthError('invalid_client', 'The client is not registered here.')
  if (client.disabled) throw new OAuthError('invalid_client', 'The client is disabled here.')
}

/** RFC 6749 §3.1.2.3: compared as text with what is registered; may be left out when there is exactly one. */
function checkRedirectUri(
  query: URLSearchParams,
  client: RegisteredClient,
): { redirectUri: string; redirectUriGiven: boolean } {
  const given = query.getAll('redirect_uri')
  const [only, ...others] = client.redirectUris
  if (given.length === 0 || (given.length === 1 && given[0] === '')) {
    if (only === undefined || others.length > 0)
      throw new OAuthError('invalid_request', 'The request does not say where to return to (redirect_uri).')
    return { redirectUri: only, redirectUriGiven: false }
  }
  if (given.length > 1 || !matchesRedirectUri(client.redirectUris, given[0] as string))
    throw new OAuthError('invalid_request', 'The address to return to (redirect_uri) is not registered.')
  return { redirectUri: given[0] as string, redirectUriGiven: true }
}

function readState(query: URLSearchParams): string | undefined {
  const [state, ...others] = query.getAll('state')
  if (!state || others.length > 0 || state.length > MAX_STATE_LENGTH || !isVisible(state)) return undefined
  return state
}

function checkResponse(type: string | undefined, mode: string | undefined): void {
  if (type === undefined) throw new OAuthError('invalid_request', 'response_type is missing.')
  // The implicit grant is not offered (RFC 9700 §2.1.2).
  if (type !== 'code')
    throw new OAuthError('unsupported_response_type', 'Only response_type=code is supported.')
  if (mode !== undefined && mode !== 'query')
    throw new OAuthError('invalid_request', 'Only response_mode=query is supported.')
}
