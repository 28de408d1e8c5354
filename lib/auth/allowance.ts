import { pool } from '#lib/db/pool'
import { networkOf } from '#lib/http/client-address'
import { rowKey } from './throttle.ts'

/** How often something may be done in a span of time that begins with the first. */
export type Allowance = { most: number; seconds: number }

/**
 * Takes one from an address's allowance, which all processes share: for what anybody may do, and which leaves a row
 * behind. Returns 0, or the whole seconds until there is more. `now`: milliseconds.
 */
export async function takeAllowance(
  kind: string,
  ip: string,
  { most, seconds }: Allowance,
  now: number,
): Promise<number> {
  const key = rowKey({ kind, of: networkOf(ip) })
  const at = new Date(now)
  const taken = await pool().query(
    `INSERT INTO throttle AS t (key, failures, window_ends_at) VALUES ($1, 1, $3)
     ON CONFLICT (key) DO UPDATE SET
       failures = CASE WHEN t.window_ends_at <= $2 THEN 1 ELSE t.failures + 1 END,
       window_ends_at = CASE WHEN t.window_ends_at <= $2 THEN excluded.window_ends_at ELSE t.window_ends_at END
     WHERE t.window_ends_at <= $2 OR t.failures < $4`,
    [key, at, new Date(now + seconds * 1000), most],
  )
  if (taken.rowCount) return 0
  const { rows } = await pool().query<{ window_ends_at: Date }>(
    'SELECT window_ends_at FROM throttle WHERE key = $1',
    [key],
  )
  return Math.max(1, Math.ceil(((rows[0]?.window_ends_at.getTime() ?? 0) - now) / 1000))
}
