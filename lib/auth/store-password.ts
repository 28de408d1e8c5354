import type pg from 'pg'
import type { NewEvent } from '#lib/activity/record-event'
import { recordAccountEvent } from './record-account-event.ts'

/**
 * Gives a member the password of this hash and tells their teams, as part of `tx`. A recovery link that was made before is
 * over: whoever has it could undo this.
 */
export async function storePassword(
  tx: pg.PoolClient,
  memberId: string,
  passwordHash: string,
  event: Pick<NewEvent, 'actor' | 'summary'>,
  now: number,
): Promise<void> {
  await tx.query('UPDATE member SET password_hash = $2, updated_at = $3 WHERE id = $1', [
    memberId,
    passwordHash,
    new Date(now),
  ])
  await tx.query('DELETE FROM recovery_link WHERE member_id = $1', [memberId])
  await recordAccountEvent(tx, memberId, { ...event, action: 'account.password' })
}
