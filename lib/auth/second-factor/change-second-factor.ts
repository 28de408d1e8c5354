import type pg from 'pg'
import { inTransaction } from '#lib/db/transaction'
import { DomainError } from '#lib/platform/domain-error'
import { recordAccountEvent } from '../record-account-event.ts'
import type { SignedIn } from '../signed-in.ts'
import { attempt } from '../throttle.ts'
import { checkSecondFactor } from './check-second-factor.ts'
import { hashRecoveryCode, newRecoveryCodes } from './recovery-codes.ts'

/** Asks for no code any more. Throws DomainError `forbidden` (a wrong code, too many tries), `conflict` (it is off). */
export async function disableSecondFactor(member: SignedIn, code: string, now: number): Promise<void> {
  await proveSecondFactor(member, code, now)
  await inTransaction(async (tx) => {
    await tx.query(
      `UPDATE member SET totp_secret = NULL, totp_enabled_at = NULL, totp_last_step = NULL, recovery_hashes = '{}', updated_at = $2
       WHERE id = $1`,
      [member.memberId, new Date(now)],
    )
    await record(tx, member, 'disable', 'turned two-step sign-in off')
  })
}

/** New recovery codes in place of those before. They exist here and nowhere else afterwards. Throws as above. */
export async function renewRecoveryCodes(
  member: SignedIn,
  code: string,
  now: number,
): Promise<{ recoveryCodes: string[] }> {
  await proveSecondFactor(member, code, now)
  const recoveryCodes = newRecoveryCodes()
  await inTransaction(async (tx) => {
    await tx.query('UPDATE member SET recovery_hashes = $2, updated_at = $3 WHERE id = $1', [
      member.memberId,
      recoveryCodes.map(hashRecoveryCode),
      new Date(now),
    ])
    await record(tx, member, 'renew_codes', 'made new recovery codes')
  })
  return { recoveryCodes }
}

async function proveSecondFactor(member: SignedIn, code: string, now: number): Promise<void> {
  const counted = await attempt([{ kind: 'code', of: member.memberId }], now)
  if (!counted.allowed)
    throw new DomainError('forbidden', `Too many tries. Try again in ${counted.retryAfterSeconds} seconds.`)
  const outcome = await checkSecondFactor(member.memberId, code, now)
  if (outcome === 'off') throw new DomainError('conflict', 'Two-step sign-in is off already.')
  if (outcome === 'wrong')
    throw new DomainError('forbidden', 'This code is not right, or was used before. Wait for the next one.', {
      field: 'code',
    })
  await counted.succeeded()
}

function record(tx: pg.PoolClient, member: SignedIn, what: string, summary: string): Promise<void> {
  return recordAccountEvent(tx, member.memberId, {
    actor: { kind: 'member', id: member.memberId, name: member.email },
    action: `account.second_factor.${what}`,
    summary,
  })
}
