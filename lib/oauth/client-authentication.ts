import { OAuthError } from './oauth-error.ts'
import { isVisible, type Parameters } from './parameters.ts'

/** What a client sent to show who it is. `secret` is undefined for a public client. */
export type ClientCredentials = {
  clientId: string
  secret: string | undefined
  method: 'client_secret_basic' | 'client_secret_post' | 'none'
}

const MAX_LENGTH = 200

/**
 * RFC 6749 §2.3: Basic or body, never both in one request. Okta does not document which it uses, so both work.
 * Throws OAuthError `invalid_client` or `invalid_request`.
 */
export function readClientAuthentication(
  authorization: string | null | undefined,
  parameters: Parameters,
): ClientCredentials {
  const clientId = parameters.get('client_id')
  const secret = parameters.get('client_secret')
  if (parameters.get('client_assertion') || parameters.get('client_assertion_type'))
    throw new OAuthError('invalid_client', 'Client assertions are not supported. Send the client secret.')
  if (authorization) {
    const basic = readBasic(authorization)
    if (secret !== undefined)
      throw new OAuthError('invalid_request', 'The client authenticated twice: by header and in the body.')
    if (clientId !== undefined && clientId !== basic.clientId)
      throw new OAuthError('invalid_request', 'client_id differs from the one in the Authorization header.')
    return basic
  }
  if (clientId === undefined)
    throw new OAuthError('invalid_client', 'The client did not say who it is: client_id is missing.')
  if (clientId.length > MAX_LENGTH || !isVisible(clientId))
    throw new OAuthError('invalid_client', 'The client is not registered here.')
  return { clientId, secret, method: secret === undefined ? 'none' : 'client_secret_post' }
}

/** RFC 6749 §2.3.1: both halves are form-urlencoded before they are joined by a colon. */
function readBasic(authorization: string): ClientCredentials {
  const encoded = /^basic +([A-Za-z0-9+/_-]+={0,2}) *$/i.exec(authorization)?.[1]
  if (encoded === undefined)
    throw new OAuthError(
      'invalid_client',
      'The Authorization header must be: Basic base64(client_id:client_secret).',
    )
  const pair = Buffer.from(encoded, 'base64').toString('utf8')
  const colon = pair.indexOf(':')
  const clientId = colon < 0 ? undefined : formDecode(pair.slice(0, colon))
  const secret = colon < 0 ? undefined : formDecode(pair.slice(colon + 1))
  if (!clientId || clientId.length > MAX_LENGTH || !isVisible(clientId) || secret === undefined)
    throw new OAuthError(
      'invalid_client',
      'The Authorization header must be: Basic base64(client_id:client_secret).',
    )
  return { clientId, secret: secret || undefined, method: secret ? 'client_secret_basic' : 'none' }
}

function formDecode(text: string): string | undefined {
  try {
    return decodeURIComponent(text.replaceAll('+', ' '))
  } catch {
    return undefined
  }
}
