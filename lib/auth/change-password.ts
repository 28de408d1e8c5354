import { prisma } from '#lib/db/prisma-client'
import { inTransaction } from '#lib/db/transaction'
import { DomainError } from '#lib/platform/domain-error'
import { hashPassword, verifyPassword } from './password-hash.ts'
import { checkNewPassword } from './password-rules.ts'
import { endSessions } from './session.ts'
import type { SignedIn } from './signed-in.ts'
import { storePassword } from './store-password.ts'
import { attempt } from './throttle.ts'

/**
 * Changes the password of who is signed in and ends their other sessions and a recovery link. Guesses of the current one are throttled.
 * Throws DomainError `invalid`, `forbidden` (the current password is wrong, or too many tries).
 */
export async function changePassword(
  member: SignedIn,
  typed: { current: string; next: string },
  now: number,
): Promise<void> {
  const row = await prisma().member.findUniqueOrThrow({ where: { id: member.memberId } })
  if (!row.passwordHash)
    throw new DomainError('invalid', 'This account has no password; it signs in through a provider.')
  checkNewPassword(typed.next, member.email, 'next')
  const counted = await attempt([{ kind: 'code', of: `password ${member.memberId}` }], now)
  if (!counted.allowed)
    throw new DomainError('forbidden', `Too many tries. Try again in ${counted.retryAfterSeconds} seconds.`)
  if (!(await verifyPassword(row.passwordHash, typed.current.slice(0, 1000))))
    throw new DomainError('forbidden', 'The current password is not right.', { field: 'current' })
  await counted.succeeded()
  const passwordHash = await hashPassword(typed.next)
  await inTransaction((tx) => {
    const actor = { kind: 'member', id: member.memberId, name: member.email } as const
    const summary = 'changed their password; their other browsers are signed out'
    return storePassword(tx, member.memberId, passwordHash, { actor, summary }, now)
  })
  await endSessions(member.memberId, now, member.sessionId)
}
