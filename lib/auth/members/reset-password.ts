import { prisma } from '#lib/db/prisma-client'
import { inTransaction } from '#lib/db/transaction'
import { DomainError } from '#lib/platform/domain-error'
import { emailKey } from '../email.ts'
import { hashPassword } from '../password-hash.ts'
import { checkNewPassword } from '../password-rules.ts'
import { endSessions } from '../session.ts'
import { storePassword } from '../store-password.ts'
import { forgiveAccount } from '../throttle.ts'

/**
 * Gives a member a new password, from the command line, and signs them out everywhere; a recovery link is over, the second
 * factor stays.
 * Throws DomainError `invalid`, `not_found`.
 */
export async function resetPassword(input: { email: string; password: string }, now: number): Promise<void> {
  const key = emailKey(input.email)
  const member = await prisma().member.findUnique({ where: { emailKey: key } })
  if (!member) throw new DomainError('not_found', `Nobody signs in as ${key}.`, { field: 'email' })
  checkNewPassword(input.password, member.email)
  const passwordHash = await hashPassword(input.password)
  await inTransaction((tx) => {
    const actor = { kind: 'operator', name: 'operator' } as const
    const summary = `gave ${member.email} a new password and signed them out everywhere`
    return storePassword(tx, member.id, passwordHash, { actor, summary }, now)
  })
  await endSessions(member.id, now)
  await forgiveAccount(key, member.id)
}
