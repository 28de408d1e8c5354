import { inTransaction } from '#lib/db/transaction'
import { DomainError } from '#lib/platform/domain-error'
import { recordAccountEvent } from '../record-account-event.ts'
import { seal } from '../sealed.ts'
import { endSessions } from '../session.ts'
import type { SignedIn } from '../signed-in.ts'
import { continueEnrolment } from './begin-enrolment.ts'
import { TOTP_PURPOSE } from './check-second-factor.ts'
import { hashRecoveryCode, newRecoveryCodes } from './recovery-codes.ts'
import { matchTotp } from './totp.ts'

/**
 * Asks for a code at each sign-in by password from now on, and ends the member's other sessions. Returns the recovery
 * codes, which exist here and nowhere else afterwards. Throws DomainError `gone` (the enrolment ended), `invalid` (the
 * code), `conflict` (it is on already; or the account has no password, so that its provider asks for what it wants).
 */
export async function enableSecondFactor(
  member: SignedIn,
  typed: { sealed: string; code: string },
  now: number,
): Promise<{ recoveryCodes: string[] }> {
  const enrolment = continueEnrolment(member, typed.sealed, now)
  if (!enrolment) throw new DomainError('gone', 'This page was open for too long. Scan the new code.')
  const step = matchTotp(enrolment.secret, typed.code, now, null)
  if (step === undefined)
    throw new DomainError(
      'invalid',
      'This code does not match. Check that the clock of your phone is right, and type the newest one.',
      { field: 'code' },
    )
  const recoveryCodes = newRecoveryCodes()
  await inTransaction(async (tx) => {
    const { rowCount } = await tx.query(
      `UPDATE member SET totp_secret = $2, totp_enabled_at = $3, totp_last_step = $4, recovery_hashes = $5, updated_at = $3
       WHERE id = $1 AND totp_enabled_at IS NULL AND password_hash IS NOT NULL`,
      [
        member.memberId,
        seal(TOTP_PURPOSE, enrolment.secret),
        new Date(now),
        step,
        recoveryCodes.map(hashRecoveryCode),
      ],
    )
    if (!rowCount)
      throw new DomainError('conflict', 'Two-step sign-in is on already, or this account has no password.')
    await recordAccountEvent(tx, member.memberId, {
      actor: { kind: 'member', id: member.memberId, name: member.email },
      action: 'account.second_factor.enable',
      summary: 'turned two-step sign-in on',
    })
  })
  await endSessions(member.memberId, now, member.sessionId)
  return { recoveryCodes }
}
