import { pool } from '#lib/db/pool'

/** How a member signs in, for their account page. */
export type Account = {
  hasPassword: boolean
  /** When two-step sign-in was turned on; undefined: it is off. */
  secondFactorSince: Date | undefined
  recoveryCodesLeft: number
  /** The OpenID issuers that are linked. */
  issuers: string[]
}

export async function accountOf(memberId: string): Promise<Account> {
  const { rows } = await pool().query<{
    has_password: boolean
    totp_enabled_at: Date | null
    codes: number
    issuers: string[]
  }>(
    `SELECT password_hash IS NOT NULL AS has_password, totp_enabled_at, cardinality(recovery_hashes) AS codes,
       ARRAY(SELECT issuer FROM oidc_identity i WHERE i.member_id = m.id ORDER BY issuer) AS issuers
     FROM member m WHERE id = $1`,
    [memberId],
  )
  const row = rows[0]
  if (!row) throw new Error(`the member ${memberId} is signed in and not there`)
  return {
    hasPassword: row.has_password,
    secondFactorSince: row.totp_enabled_at ?? undefined,
    recoveryCodesLeft: row.codes,
    issuers: row.issuers,
  }
}
