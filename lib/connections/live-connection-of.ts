import { prisma } from '#lib/db/prisma-client'

/** The newest living connection of a client in a team, if there is one. */
export async function liveConnectionOf(
  teamId: string,
  clientId: string,
): Promise<{ id: string; name: string } | undefined> {
  const row = await prisma().connection.findFirst({
    where: { teamId, clientId, disconnectedAt: null },
    orderBy: { approvedAt: 'desc' },
    select: { id: true, name: true },
  })
  return row ?? undefined
}
