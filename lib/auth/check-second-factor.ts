import { hash } from 'node:crypto'
import { pool } from '#lib/db/pool'
import { unseal } from './sealed.ts'
import { matchTotp } from './totp.ts'

export const TOTP_PURPOSE = 'totp secret'

type HasTotp = { id: string; totpSecret: string | null; totpLastStep: bigint | null }

/** How a recovery code is kept. Codes have 60 random bits: a plain hash is enough. */
export function hashRecoveryCode(code: string): string {
  return hash('sha256', code.toLowerCase().replace(/[^a-z0-9]/g, ''), 'base64url')
}

/** Whether the code is the app's, not used before, or an unused recovery code. Uses it up, in one statement each. */
export async function checkSecondFactor(member: HasTotp, code: string, now: number): Promise<boolean> {
  const secret = member.totpSecret ? unseal(TOTP_PURPOSE, member.totpSecret) : undefined
  if (secret) {
    const last = member.totpLastStep === null ? null : Number(member.totpLastStep)
    const step = matchTotp(secret, code, now, last)
    if (step !== undefined) {
      const used = await pool().query(
        'UPDATE member SET totp_last_step = $2 WHERE id = $1 AND (totp_last_step IS NULL OR totp_last_step < $2)',
        [member.id, step],
      )
      return used.rowCount === 1
    }
  }
  const used = await pool().query(
    'UPDATE member SET recovery_hashes = array_remove(recovery_hashes, $2) WHERE id = $1 AND $2 = ANY(recovery_hashes)',
    [member.id, hashRecoveryCode(code)],
  )
  return used.rowCount === 1
}
