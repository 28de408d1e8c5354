import { pool } from '#lib/db/pool'
import { LONGEST_DAYS } from './session.ts'

const BATCH = 5_000

/**
 * Lets go of sessions that ended a month ago, with the addresses and browsers that they name: until then a known address
 * has patience with its own (check-password.ts). Each member's last one stays, for when they were last seen. Returns how
 * many.
 */
export async function forgetSessions(now: number): Promise<number> {
  const before = new Date(now - LONGEST_DAYS * 24 * 60 * 60 * 1000)
  let forgotten = 0
  for (;;) {
    const { rowCount } = await pool().query(
      `DELETE FROM sign_in_session WHERE id IN
         (SELECT s.id FROM sign_in_session s
          WHERE least(s.revoked_at, s.expires_at) < $1
            AND EXISTS (SELECT 1 FROM sign_in_session n
                        WHERE n.member_id = s.member_id AND (n.last_seen_at, n.id) > (s.last_seen_at, s.id))
          LIMIT ${BATCH})`,
      [before],
    )
    forgotten += rowCount ?? 0
    if ((rowCount ?? 0) < BATCH) return forgotten
  }
}
