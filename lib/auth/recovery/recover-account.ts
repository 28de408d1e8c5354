import { hashToken } from '#lib/connections/token-format'
import { pool } from '#lib/db/pool'
import { inTransaction } from '#lib/db/transaction'
import { DomainError } from '#lib/platform/domain-error'
import { emailKey } from '../email.ts'
import { hashPassword } from '../password-hash.ts'
import { checkNewPassword } from '../password-rules.ts'
import { recordAccountEvent } from '../record-account-event.ts'
import { endSessions } from '../session.ts'
import { forgiveAccount } from '../throttle.ts'

export type Recovery = {
  memberId: string
  email: string
  /** Two-step sign-in is on, and stays on after this link. */
  keepsSecondFactor: boolean
  /** Two-step sign-in is on, and this link turns it off. */
  dropsSecondFactor: boolean
}

/** What a recovery link offers; undefined once it was used, replaced or ran out. */
export async function findRecovery(token: string, now: number): Promise<Recovery | undefined> {
  const { rows } = await pool().query<Recovery>(
    `SELECT m.id AS "memberId", m.email, m.totp_enabled_at IS NOT NULL AND NOT r.drops_second_factor AS "keepsSecondFactor",
       m.totp_enabled_at IS NOT NULL AND r.drops_second_factor AS "dropsSecondFactor"
     FROM recovery_link r JOIN member m ON m.id = r.member_id
     WHERE r.token_hash = $1 AND r.expires_at > $2 AND m.disabled_at IS NULL`,
    [hashToken(token), new Date(now)],
  )
  return rows[0]
}

/**
 * Sets the new password, once: the link's row is used up in the same transaction. Ends all sessions of the member and
 * forgets the failed attempts that kept them waiting. Throws DomainError `gone`, `invalid` (the password).
 */
export async function recoverAccount(
  token: string,
  password: string,
  now: number,
): Promise<{ memberId: string; email: string; secondFactor: boolean }> {
  const found = await findRecovery(token, now)
  if (!found) throw gone()
  checkNewPassword(password, found.email)
  const passwordHash = await hashPassword(password)
  await inTransaction(async (tx) => {
    const used = await tx.query<{ drops_second_factor: boolean }>(
      'DELETE FROM recovery_link WHERE token_hash = $1 AND expires_at > $2 RETURNING drops_second_factor',
      [hashToken(token), new Date(now)],
    )
    if (!used.rows[0]) throw gone()
    const dropped = used.rows[0].drops_second_factor
    await tx.query(
      `UPDATE member SET password_hash = $2, updated_at = $3
       ${dropped ? `, totp_secret = NULL, totp_enabled_at = NULL, totp_last_step = NULL, recovery_hashes = '{}'` : ''}
       WHERE id = $1`,
      [found.memberId, passwordHash, new Date(now)],
    )
    await recordAccountEvent(tx, found.memberId, {
      actor: { kind: 'member', id: found.memberId, name: found.email },
      action: 'account.recover',
      summary: dropped
        ? 'used a recovery link: chose a new password, and two-step sign-in is off'
        : 'used a recovery link: chose a new password',
    })
  })
  await endSessions(found.memberId, now)
  await forgiveAccount(emailKey(found.email), found.memberId)
  return { memberId: found.memberId, email: found.email, secondFactor: found.keepsSecondFactor }
}

function gone(): DomainError {
  return new DomainError('gone', 'This link was used, replaced or ran out. Ask for a new one.')
}
