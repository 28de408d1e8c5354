import { inTransaction } from '#lib/db/transaction'
import { announce } from '#lib/live/announce'
import { OAuthError } from '#lib/oauth/oauth-error'
import { findToken } from './find-token.ts'
import { lockConnection, revokeFamily } from './revoke-tokens.ts'
import type { Attribution } from './token-grant.ts'

/**
 * RFC 7009: a refresh token ends with all tokens of its approval, an access token alone. An unknown one is as good as
 * revoked. Throws OAuthError `invalid_grant` for another client's token (§2.1: the request is refused).
 */
export async function revokeToken(given: {
  token: string
  clientId: string
  now: number
}): Promise<{ attribution?: Attribution; ended: number }> {
  const token = await findToken(given.token)
  if (!token) return { ended: 0 }
  if (token.client_id !== given.clientId)
    throw new OAuthError('invalid_grant', 'The token was issued to another client.')
  const { teamId } = token
  const attribution: Attribution = {
    teamId,
    connectionId: token.connection_id,
    serviceUserId: token.service_user_id,
    name: token.service_user_name,
  }
  const ended = await inTransaction(async (tx) => {
    await lockConnection(tx, teamId, token.connection_id)
    const reason = 'revoked by the client'
    if (token.kind === 'refresh') return revokeFamily(tx, teamId, token.family_id, reason, given.now)
    const { rowCount } = await tx.query(
      `UPDATE token SET revoked_at = $3, revoked_reason = $4 WHERE team_id = $1 AND token_hash = $2 AND revoked_at IS NULL`,
      [teamId, token.hash, new Date(given.now), reason],
    )
    return rowCount ?? 0
  })
  announce(teamId, 'connections')
  return { attribution, ended }
}
