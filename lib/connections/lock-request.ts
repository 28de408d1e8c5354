import type { Prisma } from '#lib/db/prisma-client'
import { constantTimeEqual } from '#lib/oauth/constant-time-equal'
import { DomainError } from '#lib/platform/domain-error'
import { isUuid } from '#lib/platform/ids'

/** Who decides: the browser that brought the request, and the member who is signed in there. */
export type Decider = { browserHash: string; member: { id: string; name: string; email: string } }

/**
 * The saved request, locked until the transaction ends, so that two decisions come one after the other. Throws
 * DomainError `gone` when it ended, and for another browser as if it were not there.
 */
export async function lockRequest(tx: Prisma.TransactionClient, id: string, decider: Decider, now: number) {
  const ended = () => new DomainError('gone', 'This request has ended. Start again in Okta.')
  if (!isUuid(id)) throw ended()
  await tx.$queryRaw`SELECT 1 FROM authorization_request WHERE id = ${id}::uuid FOR UPDATE`
  const row = await tx.authorizationRequest.findUnique({ where: { id }, include: { client: true } })
  if (!row || !constantTimeEqual(row.browserHash, decider.browserHash)) throw ended()
  if (row.expiresAt.getTime() <= now || row.client.disabledAt) throw ended()
  return row
}
