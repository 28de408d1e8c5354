import { prisma } from '#lib/db/prisma-client'
import { isUuid } from '#lib/platform/ids'

/** The client that a saved authorization request is of; undefined when there is no such request. */
export async function clientOfRequest(
  requestId: string,
): Promise<{ id: string; name: string; ownerTeamId: string | null } | undefined> {
  if (!isUuid(requestId)) return undefined
  const row = await prisma().authorizationRequest.findUnique({
    where: { id: requestId },
    select: { client: { select: { id: true, name: true, ownerTeamId: true } } },
  })
  return row?.client
}
