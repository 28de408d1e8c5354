import { randomBytes } from 'node:crypto'
import { hashToken } from '#lib/connections/token-format'
import { inTransaction } from '#lib/db/transaction'
import { DomainError } from '#lib/platform/domain-error'
import { env } from '#lib/platform/env'
import { emailKey } from '../email.ts'
import { recordAccountEvent } from '../record-account-event.ts'

export const RECOVERY_HOURS = 24

/**
 * A link with which a member chooses a new password, once, within RECOVERY_HOURS; made on the command line and handed to
 * the person. A newer one ends the one before. With `dropsSecondFactor` it also turns two-step sign-in off, for a lost
 * phone. Nothing changes before it is used. Throws DomainError `not_found`.
 */
export async function makeRecoveryLink(
  given: { email: string; dropsSecondFactor: boolean },
  now: number,
): Promise<{ url: string; email: string; expiresAt: Date }> {
  const key = emailKey(given.email)
  const token = randomBytes(24).toString('base64url')
  const expiresAt = new Date(now + RECOVERY_HOURS * 60 * 60 * 1000)
  const email = await inTransaction(async (tx) => {
    const { rows } = await tx.query<{ id: string; email: string }>(
      'SELECT id, email FROM member WHERE email_key = $1 AND disabled_at IS NULL',
      [key],
    )
    const member = rows[0]
    if (!member) throw new DomainError('not_found', `Nobody signs in as ${key}.`, { field: 'email' })
    await tx.query(
      `INSERT INTO recovery_link (member_id, token_hash, drops_second_factor, created_at, expires_at)
       VALUES ($1, $2, $3, $4, $5)
       ON CONFLICT (member_id) DO UPDATE SET token_hash = $2, drops_second_factor = $3, created_at = $4, expires_at = $5`,
      [member.id, hashToken(token), given.dropsSecondFactor, new Date(now), expiresAt],
    )
    await recordAccountEvent(tx, member.id, {
      actor: { kind: 'operator', name: 'operator' },
      action: 'account.recovery_link',
      summary: `made a recovery link for ${member.email}`,
    })
    return member.email
  })
  return { url: `${env().PUBLIC_URL}/recover/${token}`, email, expiresAt }
}
