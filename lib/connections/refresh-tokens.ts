import type pg from 'pg'
import { recordEvent } from '#lib/activity/record-event'
import { pool } from '#lib/db/pool'
import { inTransaction } from '#lib/db/transaction'
import { announce } from '#lib/live/announce'
import { OAuthError } from '#lib/oauth/oauth-error'
import { issueTokens } from './issue-tokens.ts'
import { refreshGraceMs } from './refresh-grace.ts'
import { leaveNotice, lockConnection, revokeFamily } from './revoke-tokens.ts'
import { parseToken } from './token-format.ts'
import type { Attribution, GrantOutcome } from './token-grant.ts'
import { spanInWords } from './words-for-time.ts'

type RefreshRow = {
  kind: string
  family_id: string
  connection_id: string
  service_user_id: string
  client_id: string | null
  scope: string
  expires_at: Date | null
  rotated_at: Date | null
  revoked_at: Date | null
  revoked_reason: string | null
}
const FIND = `SELECT * FROM token WHERE team_id = $1 AND token_hash = $2`

/**
 * RFC 6749 §6, with rotation (RFC 9700 §4.14.2): each refresh gives a new refresh token that lives REFRESH_TOKEN_DAYS
 * from now. The one presented stays good for REFRESH_GRACE_MINUTES more, so that a lost answer or two refreshes at
 * once cut nobody off. Presented after that, it was copied: the family is revoked and the connection's page says so.
 */
export async function refreshTokens(given: {
  refreshToken: string
  client: { id: string; confidential: boolean }
  now: number
}): Promise<GrantOutcome> {
  const { client } = given
  const parsed = parseToken(given.refreshToken)
  const unknown = () => ({
    refused: new OAuthError('invalid_grant', 'The refresh token is not one that was issued here.'),
  })
  if (parsed?.kind !== 'refresh') return unknown()
  const { teamId, hash } = parsed
  const seen = (await pool().query<RefreshRow>(FIND, [teamId, hash])).rows[0]
  if (!seen) return unknown()
  const outcome = await inTransaction(async (tx): Promise<GrantOutcome> => {
    const connection = await lockConnection(tx, teamId, seen.connection_id)
    // Time passes at a lock: what was ended meanwhile has ended.
    const now = Math.max(given.now, Date.now())
    const token = (await tx.query<RefreshRow>(`${FIND} FOR UPDATE`, [teamId, hash])).rows[0]
    if (!connection || !token || token.kind !== 'refresh') return unknown()
    const attribution: Attribution = {
      teamId,
      connectionId: token.connection_id,
      serviceUserId: token.service_user_id,
      name: connection.name,
    }
    if (token.client_id !== client.id)
      return { refused: new OAuthError('invalid_grant', 'The refresh token was issued to another client.') }
    const refused = await refusal(tx, teamId, token, connection, refreshGraceMs(client.confidential), now)
    if (refused) return { attribution, refused }
    await tx.query(
      `UPDATE token SET rotated_at = coalesce(rotated_at, $3), last_used_at = $3 WHERE team_id = $1 AND token_hash = $2`,
      [teamId, hash, new Date(now)],
    )
    const tokens = await issueTokens(
      tx,
      {
        teamId,
        familyId: token.family_id,
        connectionId: token.connection_id,
        serviceUserId: token.service_user_id,
        clientId: client.id,
        scope: token.scope,
      },
      now,
    )
    const notes = token.rotated_at
      ? ['The previous refresh token was used again within its grace period.']
      : []
    return { attribution, tokens, notes }
  })
  announce(teamId, 'connections')
  return outcome
}

async function refusal(
  tx: pg.PoolClient,
  teamId: string,
  token: RefreshRow,
  connection: { name: string; usable: boolean; whyNot: string },
  graceMs: number,
  now: number,
): Promise<OAuthError | undefined> {
  const since = (then: Date) => spanInWords(now - then.getTime())
  if (token.revoked_at)
    return new OAuthError(
      'invalid_grant',
      `The refresh token was revoked ${since(token.revoked_at)} ago${token.revoked_reason ? ` (${token.revoked_reason})` : ''}. Authenticate again in Okta.`,
    )
  if (token.expires_at && token.expires_at.getTime() <= now)
    return new OAuthError(
      'invalid_grant',
      `The refresh token expired ${since(token.expires_at)} ago. Authenticate again in Okta.`,
    )
  if (!connection.usable) return new OAuthError('invalid_grant', connection.whyNot)
  if (!token.rotated_at || token.rotated_at.getTime() + graceMs > now) return undefined
  const replaced = since(token.rotated_at)
  const ended = await revokeFamily(
    tx,
    teamId,
    token.family_id,
    'a replaced refresh token was used again',
    now,
  )
  await leaveNotice(
    tx,
    teamId,
    token.connection_id,
    `A refresh token that was replaced ${replaced} ago was used again, so all tokens of that approval were revoked. ` +
      'Somebody may have a copy. Authenticate again in Okta.',
    now,
  )
  await recordEvent(tx, {
    teamId,
    actor: { kind: 'muster', name: 'Muster' },
    action: 'token.reuse',
    summary: `revoked ${ended} tokens of ${connection.name}: a replaced refresh token was used again`,
    resource: { type: 'Connection', id: token.connection_id, name: connection.name },
  })
  return new OAuthError(
    'invalid_grant',
    `The refresh token was replaced ${replaced} ago and used again; its tokens are revoked. Authenticate again in Okta.`,
  )
}
