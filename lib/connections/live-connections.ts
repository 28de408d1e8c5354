import { prisma } from '#lib/db/prisma-client'

export type LiveConnection = {
  id: string
  teamId: string
  name: string
  /** What tells two connections of one client apart. */
  serviceUserName: string
  approvedBy: string
  approvedAt: Date
}

/** A client's connections to the teams that have not ended, newest first. `clientId`: a Client's id. */
export async function liveConnections(clientId: string, teamIds: string[]): Promise<LiveConnection[]> {
  const found = await prisma().connection.findMany({
    where: { clientId, teamId: { in: teamIds }, disconnectedAt: null, serviceUser: { deletedAt: null } },
    select: {
      id: true,
      teamId: true,
      name: true,
      approvedBy: true,
      approvedAt: true,
      serviceUser: { select: { name: true } },
    },
    orderBy: { approvedAt: 'desc' },
  })
  return found.map(({ serviceUser, ...connection }) => ({ ...connection, serviceUserName: serviceUser.name }))
}
