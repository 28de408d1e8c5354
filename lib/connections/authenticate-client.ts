import type { ClientCredentials } from '#lib/oauth/client-authentication'
import { constantTimeEqual } from '#lib/oauth/constant-time-equal'
import { OAuthError } from '#lib/oauth/oauth-error'
import type { FoundClient } from './find-client.ts'
import { hashToken } from './token-format.ts'

/** Compared with when there is no client, so that an unknown one takes as long as a wrong secret. */
const NOBODYS_HASH = hashToken('nobody')

/**
 * The client that a request's credentials belong to, of the one that was found by its id. Every live secret is tried, so that an old and a new one work
 * side by side while a secret is replaced. Throws OAuthError `invalid_client`.
 */
export function authenticateClient(
  client: FoundClient | undefined,
  credentials: ClientCredentials,
  now: number,
): FoundClient {
  const given = hashToken(credentials.secret ?? '')
  const live = (client?.secrets ?? []).filter(({ expiresAt }) => !expiresAt || expiresAt.getTime() > now)
  let matches = 0
  for (const { secretHash } of live.length > 0 ? live : [{ secretHash: NOBODYS_HASH }])
    matches += Number(constantTimeEqual(given, secretHash))
  if (!client) throw new OAuthError('invalid_client', 'The client is not registered here.')
  if (client.confidential && matches === 0) {
    const expired = client.secrets.some(({ secretHash }) => constantTimeEqual(given, secretHash))
    throw new OAuthError(
      'invalid_client',
      credentials.secret === undefined
        ? 'The client did not send its secret.'
        : expired
          ? 'The client secret has expired. Use the new one, or make one in Muster.'
          : 'The client secret is wrong.',
    )
  }
  if (!client.confidential && credentials.secret !== undefined)
    throw new OAuthError('invalid_client', 'This client has no secret: it must not send one.')
  if (client.disabled) throw new OAuthError('invalid_client', 'The client is disabled in Muster.')
  return client
}
