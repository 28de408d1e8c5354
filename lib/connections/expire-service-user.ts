import { type EventActor, recordEvent } from '#lib/activity/record-event'
import { inTransaction } from '#lib/db/transaction'
import { announce } from '#lib/live/announce'
import { DomainError } from '#lib/platform/domain-error'
import { lockConnection } from './revoke-tokens.ts'

export type ExpirableKind = 'access' | 'refresh' | 'static'

/**
 * Ends tokens of a service user now: they are refused from the next request on, as expired. Without `kinds` all of
 * them, after which its client must be authorized again. Returns how many ended. Throws DomainError `not_found`.
 */
export async function expireServiceUser(given: {
  teamId: string
  serviceUserId: string
  kinds?: ExpirableKind[]
  actor: EventActor
  now?: number
}): Promise<number> {
  const { teamId, serviceUserId, actor, kinds = ['access', 'refresh', 'static'], now = Date.now() } = given
  const ended = await inTransaction(async (tx) => {
    const { rows } = await tx.query<{ id: string; name: string }>(
      `SELECT c.id, s.name FROM service_user s JOIN connection c ON c.team_id = s.team_id AND c.service_user_id = s.id
       WHERE s.team_id = $1 AND s.id = $2 AND s.deleted_at IS NULL ORDER BY c.id`,
      [teamId, serviceUserId],
    )
    const [first] = rows
    if (!first) throw new DomainError('not_found', 'There is no such service user.')
    // Nothing that is being refreshed at this moment escapes.
    for (const { id } of rows) await lockConnection(tx, teamId, id)
    const { rowCount } = await tx.query(
      `UPDATE token SET expires_at = $3
       WHERE team_id = $1 AND service_user_id = $2 AND kind = ANY($4) AND revoked_at IS NULL
         AND (expires_at IS NULL OR expires_at > $3)`,
      [teamId, serviceUserId, new Date(now), kinds],
    )
    await recordEvent(tx, {
      teamId,
      actor,
      action: 'service_user.expire',
      summary: `ended ${rowCount} ${rowCount === 1 ? 'token' : 'tokens'} of the service user ${first.name}`,
      resource: { type: 'ServiceUser', id: serviceUserId, name: first.name },
    })
    return rowCount ?? 0
  })
  announce(teamId, 'connections')
  return ended
}
