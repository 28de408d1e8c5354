import { pool, prepared } from '#lib/db/pool'
import { env } from '#lib/platform/env'
import { singleton } from '#lib/platform/singleton'

const LEASES_PER_SECOND = 10

const TAKE = `
  INSERT INTO rate_window AS w (team_id, key, window_start, taken) VALUES ($1, $2, $3, $4)
  ON CONFLICT (team_id, key) DO UPDATE SET
    taken = CASE WHEN w.window_start >= $3 THEN w.taken + $4 ELSE $4 END, window_start = greatest(w.window_start, $3)
  RETURNING taken`

type Lease = { window: number; left: number; refused: boolean; asking: Promise<void> | undefined }

/**
 * Takes one request from a connection's allowance of SCIM_REQUESTS_PER_SECOND (0: unlimited), shared by all processes:
 * each leases a tenth of a second's allowance at a time from PostgreSQL, so that the limit holds everywhere and costs ten
 * statements a second at most. Returns 0, or the whole seconds to wait: Okta honours nothing finer.
 */
export async function takeRequest(teamId: string, connectionId: string, now: number): Promise<number> {
  const limit = env().SCIM_REQUESTS_PER_SECOND
  if (limit === 0) return 0
  const leases = singleton('rate-leases', () => new Map<string, Lease>())
  const window = Math.floor(now / 1000)
  let lease = leases.get(connectionId)
  if (!lease || lease.window < window) {
    lease = { window, left: 0, refused: false, asking: undefined }
    if (leases.size > 10_000) leases.clear()
    leases.set(connectionId, lease)
  }
  while (lease.left === 0 && !lease.refused) {
    lease.asking ??= extend(lease, teamId, connectionId, limit)
    await lease.asking
  }
  if (lease.left === 0) return 1
  lease.left--
  return 0
}

async function extend(lease: Lease, teamId: string, connectionId: string, limit: number): Promise<void> {
  try {
    const chunk = Math.max(1, Math.ceil(limit / LEASES_PER_SECOND))
    const { rows } = await prepared<{ taken: number }>(pool(), 'take-requests', TAKE, [
      teamId,
      connectionId,
      lease.window,
      chunk,
    ])
    const granted = Math.min(chunk, limit - ((rows[0]?.taken ?? 0) - chunk))
    if (granted > 0) lease.left += granted
    else lease.refused = true
  } finally {
    lease.asking = undefined
  }
}
