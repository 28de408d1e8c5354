import { type Prisma, prisma } from './prisma-client.ts'

/** Serialization failure or deadlock, as Prisma names it: nothing happened, the work may simply be run again. */
const RETRYABLE = new Set(['P2034', '40001', '40P01'])
const ATTEMPTS = 4

/**
 * Runs `work` in one Prisma transaction: all of it, or none. A deadlock is retried (the work must have no effect
 * outside the database). For a transaction of plain `pg` statements there is `inTransaction`.
 */
export async function inPrismaTransaction<T>(work: (tx: Prisma.TransactionClient) => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await prisma().$transaction(work, { maxWait: 15_000, timeout: 20_000 })
    } catch (cause) {
      if (attempt === ATTEMPTS || !RETRYABLE.has((cause as { code?: string }).code ?? '')) throw cause
    }
  }
}
