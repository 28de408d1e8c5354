import { pool } from '#lib/db/pool'
import { inTransaction } from '#lib/db/transaction'
import { OAuthError } from '#lib/oauth/oauth-error'
import { newId } from '#lib/platform/ids'
import type { FoundClient } from './find-client.ts'
import { issueTokens } from './issue-tokens.ts'
import { lockConnection } from './revoke-tokens.ts'
import type { GrantOutcome } from './token-grant.ts'

const FIND = `
  SELECT c.team_id, c.id, c.service_user_id, c.scope FROM connection c
  JOIN service_user s ON s.team_id = c.team_id AND s.id = c.service_user_id
  WHERE c.client_id = $1 AND c.disconnected_at IS NULL AND s.deleted_at IS NULL
  LIMIT 2`

/**
 * RFC 6749 §4.4, for confidential clients: a token for the client's one connection, which says the team. No refresh
 * token (§4.4.3): the client can ask again.
 */
export async function clientCredentials(given: { client: FoundClient; now: number }): Promise<GrantOutcome> {
  const { client, now } = given
  if (!client.confidential)
    return {
      refused: new OAuthError('unauthorized_client', 'A client without a secret cannot use this grant.'),
    }
  const { rows } = await pool().query<{
    team_id: string
    id: string
    service_user_id: string
    scope: string
  }>(FIND, [client.id])
  const [only, other] = rows
  if (!only)
    return {
      refused: new OAuthError(
        'unauthorized_client',
        'The client has no connection yet. Approve it in Muster first.',
      ),
    }
  if (other)
    return {
      refused: new OAuthError(
        'unauthorized_client',
        'The client has several connections, so this grant does not say which. Register a client for each.',
      ),
    }
  return inTransaction(async (tx): Promise<GrantOutcome> => {
    const connection = await lockConnection(tx, only.team_id, only.id)
    const attribution = {
      teamId: only.team_id,
      connectionId: only.id,
      serviceUserId: only.service_user_id,
      name: connection?.name ?? '',
    }
    if (!connection?.usable)
      return { attribution, refused: new OAuthError('invalid_grant', connection?.whyNot ?? 'It has ended.') }
    const tokens = await issueTokens(
      tx,
      {
        teamId: only.team_id,
        familyId: newId(),
        connectionId: only.id,
        serviceUserId: only.service_user_id,
        clientId: client.id,
        scope: 'scim',
      },
      now,
      false,
    )
    return { attribution, tokens }
  })
}
