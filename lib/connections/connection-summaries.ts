import { pool, prepared } from '#lib/db/pool'

/** When what was last heard of a connection, in ISO 8601. */
export type ConnectionTimes = {
  approvedAt: string
  lastRequestAt: string | undefined
  lastPushAt: string | undefined
  lastErrorAt: string | undefined
  disconnectedAt: string | undefined
}
export type ConnectionSummary = ConnectionTimes & {
  id: string
  name: string
  serviceUserId: string
  serviceUserName: string
  notice: string | undefined
}

export type TimesRow = {
  approved_at: Date
  last_request_at: Date | null
  last_push_at: Date | null
  last_error_at: Date | null
  disconnected_at: Date | null
}
type Row = TimesRow & {
  id: string
  name: string
  service_user_id: string
  service_user_name: string
  notice: string | null
}

/** SQL: the columns of a TimesRow, of connection `c`. */
export const TIMES = 'c.approved_at, c.last_request_at, c.last_push_at, c.last_error_at, c.disconnected_at'

export function timesOf(row: TimesRow): ConnectionTimes {
  return {
    approvedAt: row.approved_at.toISOString(),
    lastRequestAt: row.last_request_at?.toISOString(),
    lastPushAt: row.last_push_at?.toISOString(),
    lastErrorAt: row.last_error_at?.toISOString(),
    disconnectedAt: row.disconnected_at?.toISOString(),
  }
}

/** A team's connections, living ones first, newest first. */
export async function connectionSummaries(teamId: string): Promise<ConnectionSummary[]> {
  const { rows } = await prepared<Row>(
    pool(),
    'connections',
    `SELECT c.id, c.name, c.service_user_id, s.name AS service_user_name, ${TIMES}, c.notice
     FROM connection c JOIN service_user s ON s.team_id = c.team_id AND s.id = c.service_user_id
     WHERE c.team_id = $1 ORDER BY c.disconnected_at IS NOT NULL, c.approved_at DESC LIMIT 200`,
    [teamId],
  )
  return rows.map((row) => ({
    ...timesOf(row),
    id: row.id,
    name: row.name,
    serviceUserId: row.service_user_id,
    serviceUserName: row.service_user_name,
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
  connection: ConnectionTimes,
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
