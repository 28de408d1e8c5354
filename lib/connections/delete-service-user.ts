import { type EventActor, recordEvent } from '#lib/activity/record-event'
import { inTransaction } from '#lib/db/transaction'
import { announce } from '#lib/live/announce'
import { lockServiceUser } from './lock-service-user.ts'

/**
 * Deletes a service user: its connections are disconnected and its tokens end, from the next request on. What it pushed
 * stays, and so do its name and its records, so that the activity log never speaks of two by one name.
 * Throws DomainError `not_found`.
 */
export async function deleteServiceUser(given: {
  teamId: string
  serviceUserId: string
  actor: EventActor
  now: number
}): Promise<void> {
  const { teamId, serviceUserId, actor } = given
  await inTransaction(async (tx) => {
    const { name } = await lockServiceUser(tx, teamId, serviceUserId)
    const values = [teamId, serviceUserId, new Date(given.now)]
    await tx.query('UPDATE service_user SET deleted_at = $3 WHERE team_id = $1 AND id = $2', values)
    await tx.query(
      'UPDATE connection SET disconnected_at = coalesce(disconnected_at, $3) WHERE team_id = $1 AND service_user_id = $2',
      values,
    )
    await tx.query(
      `UPDATE token SET revoked_at = $3, revoked_reason = 'its service user was deleted'
       WHERE team_id = $1 AND service_user_id = $2 AND revoked_at IS NULL`,
      values,
    )
    await recordEvent(tx, {
      teamId,
      actor,
      action: 'service_user.delete',
      summary: `deleted the service user ${name}`,
      resource: { type: 'ServiceUser', id: serviceUserId, name },
    })
  })
  announce(teamId, 'connections')
}
