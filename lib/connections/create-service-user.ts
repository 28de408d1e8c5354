import { type EventActor, recordEventWithPrisma } from '#lib/activity/record-event'
import { prisma } from '#lib/db/prisma-client'
import { inPrismaTransaction } from '#lib/db/prisma-transaction'
import { announce } from '#lib/live/announce'
import { DomainError } from '#lib/platform/domain-error'
import { env } from '#lib/platform/env'
import { newId } from '#lib/platform/ids'
import { addServiceUser } from './add-service-user.ts'
import { makeToken } from './token-format.ts'

export type CreatedServiceUser = {
  serviceUser: { id: string; name: string }
  connection: { id: string }
  /** The static bearer token: it exists here and nowhere else afterwards. */
  token: string
  scimBaseUrl: string
}

/**
 * Makes a service user by hand, with its connection and a static bearer token, for Okta's *HTTP Header* mode (or, as
 * the password beside the name, for clients that need Basic). With `clientId` (a Client's id) the connection is that
 * client's, which may then use the client credentials grant. `expiresAt`: when the token ends; without it, never.
 * Throws DomainError `invalid`, `conflict` (with a free `suggestion`), `not_found`.
 */
export async function createServiceUser(given: {
  teamId: string
  name: string
  createdBy: string
  clientId?: string
  expiresAt?: Date
  actor?: EventActor
  now?: number
}): Promise<CreatedServiceUser> {
  const { teamId, createdBy, now = Date.now() } = given
  const team = await prisma().team.findUnique({ where: { id: teamId } })
  if (!team) throw new DomainError('not_found', 'There is no such team.')
  const token = makeToken('static', teamId)
  const added = await inPrismaTransaction(async (tx) => {
    const clientId = given.clientId ? await ownClient(given.clientId, teamId) : null
    const made = await addServiceUser(tx, {
      teamId,
      teamName: team.name,
      name: given.name,
      createdBy,
      clientId,
      scope: 'scim',
      now,
    })
    await tx.token.create({
      data: {
        teamId,
        id: newId(),
        tokenHash: token.hash,
        hint: token.hint,
        kind: 'static',
        familyId: newId(),
        connectionId: made.connectionId,
        serviceUserId: made.id,
        clientId: null,
        scope: 'scim',
        createdAt: new Date(now),
        expiresAt: given.expiresAt,
      },
    })
    await recordEventWithPrisma(tx, {
      teamId,
      actor: given.actor ?? { kind: 'operator', name: createdBy },
      action: 'service_user.create',
      summary: `created the service user ${made.name}`,
      resource: { type: 'ServiceUser', id: made.id, name: made.name },
    })
    return made
  })
  announce(teamId, 'connections')
  return {
    serviceUser: { id: added.id, name: added.name },
    connection: { id: added.connectionId },
    token: token.text,
    scimBaseUrl: scimBaseUrl(),
  }
}

/** What Okta's form asks for as *SCIM connector base URL*. */
export function scimBaseUrl(): string {
  return `${env().PUBLIC_URL}/scim/v2`
}

async function ownClient(clientId: string, teamId: string): Promise<string> {
  const client = await prisma().client.findUnique({ where: { id: clientId } })
  if (!client || (client.ownerTeamId !== null && client.ownerTeamId !== teamId))
    throw new DomainError('not_found', 'There is no such client in this team.')
  return client.id
}
