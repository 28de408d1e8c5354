import { pool } from '#lib/db/pool'
import { unseal } from '../sealed.ts'
import { hashRecoveryCode } from './recovery-codes.ts'
import { matchTotp } from './totp.ts'

export const TOTP_PURPOSE = 'totp secret'

type Row = { totp_secret: string; totp_last_step: number | null }

/**
 * Whether the code is the app's and was not used before, or is an unused recovery code. Uses it up, in one statement
 * each, so that of two who present the same code one is refused. `off`: the account asks for none.
 */
export async function checkSecondFactor(
  memberId: string,
  code: string,
  now: number,
): Promise<'right' | 'wrong' | 'off'> {
  const { rows } = await pool().query<Row>(
    'SELECT totp_secret, totp_last_step FROM member WHERE id = $1 AND totp_enabled_at IS NOT NULL',
    [memberId],
  )
  const row = rows[0]
  if (!row) return 'off'
  const secret = unseal(TOTP_PURPOSE, row.totp_secret)
  const step = secret ? matchTotp(secret, code, now, row.totp_last_step) : undefined
  const used =
    step === undefined
      ? await pool().query(
          'UPDATE member SET recovery_hashes = array_remove(recovery_hashes, $2) WHERE id = $1 AND $2 = ANY(recovery_hashes)',
          [memberId, hashRecoveryCode(code)],
        )
      : await pool().query(
          'UPDATE member SET totp_last_step = $2 WHERE id = $1 AND (totp_last_step IS NULL OR totp_last_step < $2)',
          [memberId, step],
        )
  return used.rowCount === 1 ? 'right' : 'wrong'
}
