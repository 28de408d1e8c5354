import { pool } from '#lib/db/pool'

const BATCH = 5_000

/** Lets go of counts whose time is over, so that addresses which came once leave nothing behind. Returns how many. */
export async function forgetAttempts(now: number): Promise<number> {
  let forgotten = 0
  for (;;) {
    const { rowCount } = await pool().query(
      `DELETE FROM throttle WHERE key IN (SELECT key FROM throttle WHERE window_ends_at <= $1 LIMIT ${BATCH})`,
      [new Date(now)],
    )
    forgotten += rowCount ?? 0
    if ((rowCount ?? 0) < BATCH) return forgotten
  }
}
