import { type EventActor, recordEventWithPrisma } from '#lib/activity/record-event'
import { inPrismaTransaction } from '#lib/db/prisma-transaction'
import { announce } from '#lib/live/announce'
import { DomainError } from '#lib/platform/domain-error'
import { isUuid } from '#lib/platform/ids'
import { addServiceUser } from './add-service-user.ts'

/**
 * Connects a team's client without a browser, for the client credentials grant (RFC 6749 §4.4): a service user and a
 * connection, and no token, since the client gets its own. One at a time: the grant cannot say which of several it means.
 * Throws DomainError `not_found`, `conflict` (connected already, a public client, or the name; with a free `suggestion`),
 * `invalid` (the name).
 */
export async function connectClient(given: {
  teamId: string
  clientRowId: string
  name: string
  createdBy: string
  actor: EventActor
  now: number
}): Promise<{ connectionId: string }> {
  const { teamId, clientRowId, createdBy, actor, now } = given
  const made = await inPrismaTransaction(async (tx) => {
    if (!isUuid(clientRowId)) throw notThere()
    await tx.$queryRaw`SELECT 1 FROM client WHERE id = ${clientRowId}::uuid FOR UPDATE`
    const client = await tx.client.findUnique({ where: { id: clientRowId } })
    if (!client || client.ownerTeamId !== teamId) throw notThere()
    if (!client.confidential)
      throw new DomainError('conflict', 'A client without a secret cannot use client credentials.')
    const live = await tx.connection.count({ where: { teamId, clientId: clientRowId, disconnectedAt: null } })
    if (live > 0) throw new DomainError('conflict', 'This client is connected already.')
    const team = await tx.team.findUniqueOrThrow({ where: { id: teamId }, select: { name: true } })
    const added = await addServiceUser(tx, {
      teamId,
      teamName: team.name,
      connectionName: client.name,
      name: given.name,
      createdBy,
      clientId: clientRowId,
      scope: 'scim',
      now,
    })
    await recordEventWithPrisma(tx, {
      teamId,
      actor,
      action: 'connection.approve',
      summary: `connected ${client.name} and created the service user ${added.name}`,
      resource: { type: 'Connection', id: added.connectionId, name: added.name },
    })
    return added
  })
  announce(teamId, 'connections')
  return { connectionId: made.connectionId }
}

function notThere(): DomainError {
  return new DomainError('not_found', 'There is no such client in this team.')
}
