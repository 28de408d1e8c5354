import { type EventActor, recordEvent } from '#lib/activity/record-event'
import { inTransaction } from '#lib/db/transaction'
import { announce } from '#lib/live/announce'
import { DomainError } from '#lib/platform/domain-error'
import { isUuid } from '#lib/platform/ids'
import { lockServiceUser } from './lock-service-user.ts'

/** Ends one token of a service user now; the very next request with it is refused, as expired. Throws `not_found`. */
export async function expireToken(given: {
  teamId: string
  serviceUserId: string
  /** The token's id, not its text. */
  tokenId: string
  actor: EventActor
  now: number
}): Promise<void> {
  const { teamId, serviceUserId, tokenId, actor, now } = given
  await inTransaction(async (tx) => {
    const { name } = await lockServiceUser(tx, teamId, serviceUserId)
    const { rows } = isUuid(tokenId)
      ? await tx.query<{ hint: string; kind: string }>(
          `UPDATE token SET expires_at = $4
           WHERE team_id = $1 AND service_user_id = $2 AND id = $3 AND revoked_at IS NULL
             AND (expires_at IS NULL OR expires_at > $4)
           RETURNING hint, kind`,
          [teamId, serviceUserId, tokenId, new Date(now)],
        )
      : { rows: [] }
    const token = rows[0]
    if (!token) throw new DomainError('not_found', 'This token has ended already.')
    await recordEvent(tx, {
      teamId,
      actor,
      action: 'token.expire',
      summary: `ended the ${token.kind} token …${token.hint} of ${name}`,
      resource: { type: 'ServiceUser', id: serviceUserId, name },
    })
  })
  announce(teamId, 'connections')
}
