import { type EventActor, recordEvent } from '#lib/activity/record-event'
import { inTransaction } from '#lib/db/transaction'
import { uniqueViolation } from '#lib/db/unique-violation'
import { announce } from '#lib/live/announce'
import { DomainError } from '#lib/platform/domain-error'
import { lockServiceUser } from './lock-service-user.ts'
import { normalizeServiceUserName, serviceUserNameProblem, toServiceUserName } from './service-user-name.ts'
import { suggestServiceUserName } from './suggest-service-user-name.ts'

/**
 * Gives a service user another name. Its tokens go on; a client that uses Basic must send the new name from the next
 * request on. Throws DomainError `not_found`, `invalid` or `conflict`, both with a free `suggestion`.
 */
export async function renameServiceUser(given: {
  teamId: string
  serviceUserId: string
  name: string
  actor: EventActor
}): Promise<{ name: string }> {
  const { teamId, serviceUserId, actor } = given
  const name = normalizeServiceUserName(given.name)
  const problem = serviceUserNameProblem(name)
  if (problem) {
    const suggestion = await suggestServiceUserName(toServiceUserName(name), [teamId])
    throw new DomainError('invalid', problem, { field: 'name', suggestion })
  }
  try {
    await inTransaction(async (tx) => {
      const before = await lockServiceUser(tx, teamId, serviceUserId)
      if (before.name === name) return
      await tx.query('UPDATE service_user SET name = $3 WHERE team_id = $1 AND id = $2', [
        teamId,
        serviceUserId,
        name,
      ])
      await recordEvent(tx, {
        teamId,
        actor,
        action: 'service_user.rename',
        summary: `renamed the service user ${before.name} to ${name}`,
        resource: { type: 'ServiceUser', id: serviceUserId, name },
        detail: { before: before.name, after: name },
      })
    })
  } catch (cause) {
    if (uniqueViolation(cause) === undefined) throw cause
    const suggestion = await suggestServiceUserName(name, [teamId])
    throw new DomainError('conflict', `“${name}” is already in use. Try “${suggestion}”.`, {
      field: 'name',
      suggestion,
    })
  }
  announce(teamId, 'connections')
  return { name }
}
