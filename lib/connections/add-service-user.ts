import type { Prisma } from '#lib/db/prisma-client'
import { uniqueViolation } from '#lib/db/unique-violation'
import { DomainError } from '#lib/platform/domain-error'
import { newId } from '#lib/platform/ids'
import {
  freeServiceUserName,
  normalizeServiceUserName,
  serviceUserNameProblem,
  toServiceUserName,
} from './service-user-name.ts'
import { serviceUserNameTaken, suggestServiceUserName } from './suggest-service-user-name.ts'

/** What a service user and its connection begin with. `createdBy`: an email, or "operator". */
export type NewServiceUser = {
  teamId: string
  /** The team's name, for the sentence that says that a name is in use. */
  teamName?: string
  /** What the connection is called; the service user's name when nothing else is known. */
  connectionName?: string
  name: string
  createdBy: string
  clientId: string | null
  scope: string
  now: number
}
export type AddedServiceUser = { id: string; name: string; connectionId: string }

/** Inserts a service user and its connection. Throws DomainError `invalid` or `conflict` with a `suggestion`. */
export async function addServiceUser(
  tx: Prisma.TransactionClient,
  given: NewServiceUser,
): Promise<AddedServiceUser> {
  const { teamId } = given
  const name = normalizeServiceUserName(given.name)
  const problem = serviceUserNameProblem(name)
  if (problem) {
    const suggestion = await suggestServiceUserName(toServiceUserName(name), [teamId], tx)
    throw new DomainError('invalid', problem, { field: 'name', suggestion })
  }
  const taken = (suggestion: string) => {
    const where = given.teamName ? ` in ${given.teamName}` : ''
    return new DomainError('conflict', `“${name}” is already in use${where}. Try “${suggestion}”.`, {
      field: 'name',
      suggestion,
    })
  }
  if (await serviceUserNameTaken(teamId, name, tx))
    throw taken(await suggestServiceUserName(name, [teamId], tx))
  const id = newId()
  const connectionId = newId()
  const at = new Date(given.now)
  try {
    await tx.serviceUser.create({ data: { teamId, id, name, createdBy: given.createdBy, createdAt: at } })
  } catch (cause) {
    if (uniqueViolation(cause) === undefined) throw cause
    // Taken this very moment; the transaction can be asked nothing more.
    throw taken(freeServiceUserName(name, new Set([name])))
  }
  await tx.connection.create({
    data: {
      teamId,
      id: connectionId,
      serviceUserId: id,
      clientId: given.clientId,
      name: given.connectionName ?? name,
      scope: given.scope,
      approvedBy: given.createdBy,
      approvedAt: at,
    },
  })
  return { id, name, connectionId }
}
