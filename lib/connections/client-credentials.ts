import type pg from 'pg'
import { pool } from '#lib/db/pool'
import { inTransaction } from '#lib/db/transaction'
import { OAuthError } from '#lib/oauth/oauth-error'
import type { FoundClient } from './find-client.ts'
import { issueTokens } from './issue-tokens.ts'
import { lockConnection } from './revoke-tokens.ts'
import type { GrantOutcome } from './token-grant.ts'

/** Scripts that ask anew on each run, and workers side by side, stay below; what is above it nobody holds any more. */
const MOST_LIVE = 50
/** Ended ones are kept as well, so that their late use is attributed; up to so many, however often the client asks. */
const MOST_KEPT = 500

const FIND = `
  SELECT c.team_id, c.id, c.service_user_id, c.scope FROM connection c
  JOIN service_user s ON s.team_id = c.team_id AND s.id = c.service_user_id
  WHERE c.client_id = $1 AND c.disconnected_at IS NULL AND s.deleted_at IS NULL
  LIMIT 2`

/**
 * RFC 6749 §4.4, for confidential clients: a token for the client's one connection, which says the team. No refresh
 * token (§4.4.3): the client can ask again. The fifty newest tokens work; the oldest beyond them end.
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
        familyId: only.id,
        connectionId: only.id,
        serviceUserId: only.service_user_id,
        clientId: client.id,
        scope: 'scim',
      },
      now,
      false,
    )
    const ended = await endSurplus(tx, only.team_id, only.id, now)
    const notes = ended > 0 ? [`more than ${MOST_LIVE} tokens were live, so the oldest ended`] : []
    return { attribution, tokens, notes }
  })
}

/**
 * Ends the oldest live tokens above MOST_LIVE and forgets the oldest above MOST_KEPT. A connection's tokens of this grant
 * are one family, named as the connection is: none of its tokens by code is among them. Returns how many it ended.
 */
async function endSurplus(tx: pg.PoolClient, teamId: string, familyId: string, now: number): Promise<number> {
  const { rowCount } = await tx.query(
    `UPDATE token SET revoked_at = $3, revoked_reason = $5 WHERE team_id = $1 AND token_hash IN (
       SELECT token_hash FROM token
       WHERE team_id = $1 AND family_id = $2 AND revoked_at IS NULL AND expires_at > $3
       ORDER BY created_at DESC, id DESC OFFSET $4)`,
    [teamId, familyId, new Date(now), MOST_LIVE, `its client asked for ${MOST_LIVE} newer ones`],
  )
  await tx.query(
    `DELETE FROM token WHERE team_id = $1 AND token_hash IN (
       SELECT token_hash FROM token WHERE team_id = $1 AND family_id = $2
       ORDER BY created_at DESC, id DESC OFFSET $3)`,
    [teamId, familyId, MOST_KEPT],
  )
  return rowCount ?? 0
}
