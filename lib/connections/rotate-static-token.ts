import { type EventActor, recordEvent } from '#lib/activity/record-event'
import { inTransaction } from '#lib/db/transaction'
import { announce } from '#lib/live/announce'
import { DomainError } from '#lib/platform/domain-error'
import { isUuid, newId } from '#lib/platform/ids'
import { lockConnection } from './revoke-tokens.ts'
import { makeToken } from './token-format.ts'

const OVERLAP_MS = 2 * 86_400_000
const MOST_LIVE = 5

/**
 * A new static token for a connection now; the ones before it end in two days, so that Okta can be changed without a gap.
 * Throws DomainError `not_found`, `conflict` (disconnected, or five tokens live). The text is shown once.
 */
export async function rotateStaticToken(given: {
  teamId: string
  connectionId: string
  actor: EventActor
  now: number
}): Promise<{ token: string; othersEndAt: Date }> {
  const { teamId, connectionId, actor, now } = given
  const token = makeToken('static', teamId)
  const othersEndAt = new Date(now + OVERLAP_MS)
  await inTransaction(async (tx) => {
    const connection = isUuid(connectionId) ? await lockConnection(tx, teamId, connectionId) : undefined
    if (!connection) throw new DomainError('not_found', 'There is no such connection in this team.')
    if (!connection.usable) throw new DomainError('conflict', connection.whyNot)
    const { rows } = await tx.query<{ n: number; service_user_id: string }>(
      `SELECT c.service_user_id, (SELECT count(*) FROM token t WHERE t.team_id = $1 AND t.connection_id = $2 AND t.kind = 'static' AND t.revoked_at IS NULL AND (t.expires_at IS NULL OR t.expires_at > $3)) AS n
       FROM connection c WHERE c.team_id = $1 AND c.id = $2`,
      [teamId, connectionId, new Date(now)],
    )
    const row = rows[0]
    if (!row || row.n >= MOST_LIVE)
      throw new DomainError('conflict', `A connection may have ${MOST_LIVE} live tokens. End some first.`)
    await tx.query(
      `UPDATE token SET expires_at = least(coalesce(expires_at, $3), $3) WHERE team_id = $1 AND connection_id = $2 AND kind = 'static' AND revoked_at IS NULL`,
      [teamId, connectionId, othersEndAt],
    )
    await tx.query(
      `INSERT INTO token (team_id, token_hash, id, kind, family_id, connection_id, service_user_id, scope, hint, created_at) VALUES ($1, $2, $3, 'static', $4, $5, $6, 'scim', $7, $8)`,
      [
        teamId,
        token.hash,
        newId(now),
        newId(now),
        connectionId,
        row.service_user_id,
        token.hint,
        new Date(now),
      ],
    )
    await recordEvent(tx, {
      teamId,
      actor,
      action: 'token.rotate',
      summary: `made a new token for ${connection.name}; the ones before it end in 2 days`,
      resource: { type: 'Connection', id: connectionId, name: connection.name },
    })
  })
  announce(teamId, 'connections')
  return { token: token.text, othersEndAt }
}
