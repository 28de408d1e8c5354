import { pool } from '#lib/db/pool'

const DAY_MS = 86_400_000
/** A decided or abandoned request is of no use once its page has been left. */
const REQUEST_DAYS = 1
const BATCH = 5_000

const FORGET = {
  requests: `DELETE FROM authorization_request WHERE id IN
    (SELECT id FROM authorization_request WHERE expires_at < $1 LIMIT ${BATCH})`,
  codes: `DELETE FROM authorization_code WHERE (team_id, code_hash) IN
    (SELECT team_id, code_hash FROM authorization_code WHERE expires_at < $1 LIMIT ${BATCH})`,
  tokens: `DELETE FROM token WHERE (team_id, token_hash) IN
    (SELECT team_id, token_hash FROM token WHERE expires_at < $1 LIMIT ${BATCH})`,
} as const

export type Forgotten = Record<keyof typeof FORGET, number>

/**
 * Lets go of authorization requests that ended a day ago, and of codes and tokens that expired `retentionDays` ago:
 * until then an old token's use is still attributed to its connection, and a code's second use still noticed. A revoked
 * token stays as long as it would have lived. In small statements, so that nothing waits for it.
 */
export async function forgetEnded(now: number, retentionDays: number): Promise<Forgotten> {
  const before = (days: number) => new Date(now - days * DAY_MS)
  return {
    requests: await inBatches(FORGET.requests, before(REQUEST_DAYS)),
    codes: await inBatches(FORGET.codes, before(retentionDays)),
    tokens: await inBatches(FORGET.tokens, before(retentionDays)),
  }
}

async function inBatches(sql: string, before: Date): Promise<number> {
  let forgotten = 0
  for (;;) {
    const { rowCount } = await pool().query(sql, [before])
    forgotten += rowCount ?? 0
    if ((rowCount ?? 0) < BATCH) return forgotten
  }
}
