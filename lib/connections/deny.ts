import { inPrismaTransaction } from '#lib/db/prisma-transaction'
import { DomainError } from '#lib/platform/domain-error'
import { type Decider, lockRequest } from './lock-request.ts'

/** Denies a saved request. Denied twice is denied. Throws DomainError `gone` when it ended or was approved. */
export async function deny(
  given: Decider & { requestId: string; now: number },
): Promise<{ redirectUri: string; state: string | null }> {
  return inPrismaTransaction(async (tx) => {
    const request = await lockRequest(tx, given.requestId, given, given.now)
    if (request.decidedAt && request.decision !== 'denied')
      throw new DomainError('gone', 'This request was used already.')
    await tx.authorizationRequest.update({
      where: { id: request.id },
      data: { decidedAt: new Date(given.now), decision: 'denied', memberId: given.member.id },
    })
    return { redirectUri: request.redirectUri, state: request.state }
  })
}
