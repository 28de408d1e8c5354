import { pool, prepared } from '#lib/db/pool'

export type ConnectionSummary = {
  id: string
  name: string
  serviceUserId: string
  serviceUserName: string
  approvedAt: string
  lastRequestAt: string | undefined
  lastPushAt: string | undefined
  lastErrorAt: string | undefined
  disconnectedAt: string | undefined
  notice: string | undefined
}

type Row = {
  id: string
  name: string
  service_user_id: string
  service_user_name: string
  approved_at: Date
  last_request_at: Date | null
  last_push_at: Date | null
  last_error_at: Date | null
  disconnected_at: Date | null
  notice: string | null
}

/** A team's connections, living ones first, newest first. */
export async function connectionSummaries(teamId: string): Promise<ConnectionSummary[]> {
  const { rows } = await prepared<Row>(
    pool(),
    'connections',
    `SELECT c.id, c.name, c.service_user_id, s.name AS service_user_name, c.approved_at, c.last_request_at, c.last_push_at, c.last_error_at, c.disconnected_at, c.notice
     FROM connection c JOIN service_user s ON s.team_id = c.team_id AND s.id = c.service_user_id
     WHERE c.team_id = $1 ORDER BY c.disconnected_at IS NOT NULL, c.approved_at DESC LIMIT 200`,
    [teamId],
  )
  const iso = (time: Date | null) => time?.toISOString()
  return rows.map((row) => ({
    id: row.id,
    name: row.name,
    serviceUserId: row.service_user_id,
    serviceUserName: row.service_user_name,
    approvedAt: row.approved_at.toISOString(),
    lastRequestAt: iso(row.last_request_at),
    lastPushAt: iso(row.last_push_at),
    lastErrorAt: iso(row.last_error_at),
    disconnectedAt: iso(row.disconnected_at),
    notice: row.notice ?? undefined,
  }))
}

const DAY_MS = 86_400_000
const IDLE_DAYS = 3

export type ConnectionHealth =
  | { kind: 'waiting' }
  | { kind: 'active' }
  | { kind: 'idle'; days: number }
  | { kind: 'failing' }
  | { kind: 'tokenless' }
  | { kind: 'disconnected' }

/**
 * How a connection is doing, from what was last heard of it. Failing: a request of the last day was refused, and nothing
 * was pushed and nobody approved it again since.
 * @param tokens  how the last of its tokens is (`tokensRunningOut`); one without a live token is not failing but at its end
 */
export function healthOf(
  connection: Pick<
    ConnectionSummary,
    'approvedAt' | 'lastRequestAt' | 'lastPushAt' | 'lastErrorAt' | 'disconnectedAt'
  >,
  now: number,
  tokens: 'ending' | 'ended' | undefined,
): ConnectionHealth {
  if (connection.disconnectedAt) return { kind: 'disconnected' }
  if (tokens === 'ended') return { kind: 'tokenless' }
  const pushed = connection.lastPushAt ? Date.parse(connection.lastPushAt) : undefined
  const failed = connection.lastErrorAt ? Date.parse(connection.lastErrorAt) : undefined
  const well = Math.max(pushed ?? 0, Date.parse(connection.approvedAt))
  if (failed !== undefined && now - failed < DAY_MS && failed > well) return { kind: 'failing' }
  if (pushed === undefined) return { kind: 'waiting' }
  const days = Math.floor(
    (now - Date.parse(connection.lastRequestAt ?? connection.lastPushAt ?? '')) / DAY_MS,
  )
  return days >= IDLE_DAYS ? { kind: 'idle', days } : { kind: 'active' }
}
