import { type EventActor, recordEvent } from '#lib/activity/record-event'
import { inTransaction } from '#lib/db/transaction'
import { announce } from '#lib/live/announce'
import { lockServiceUser } from './lock-service-user.ts'

/**
 * Switches a service user off, or on again: while it is off each of its requests is refused, from the next one on, and
 * its tokens stay as they are. Throws DomainError `not_found`.
 */
export async function setServiceUserDisabled(given: {
  teamId: string
  serviceUserId: string
  disabled: boolean
  actor: EventActor
  now: number
}): Promise<void> {
  const { teamId, serviceUserId, disabled, actor, now } = given
  await inTransaction(async (tx) => {
    const before = await lockServiceUser(tx, teamId, serviceUserId)
    if (before.disabled === disabled) return
    await tx.query('UPDATE service_user SET disabled_at = $3 WHERE team_id = $1 AND id = $2', [
      teamId,
      serviceUserId,
      disabled ? new Date(now) : null,
    ])
    await recordEvent(tx, {
      teamId,
      actor,
      action: disabled ? 'service_user.disable' : 'service_user.enable',
      summary: `${disabled ? 'disabled' : 'enabled'} the service user ${before.name}`,
      resource: { type: 'ServiceUser', id: serviceUserId, name: before.name },
    })
  })
  announce(teamId, 'connections')
}
