import { pool } from '#lib/db/pool'
import { firstIdAt } from '#lib/platform/ids'

const DAY_MS = 86_400_000

export type DayCount = { day: string; requests: number; errors: number }

/** Errors since `now` minus a day, from the index of errors. */
export async function errorsOfLastDay(teamId: string, now: number): Promise<number> {
  const { rows } = await pool().query<{ n: number }>(
    'SELECT count(*) AS n FROM exchange WHERE team_id = $1 AND id >= $2::uuid AND status >= 400',
    [teamId, firstIdAt(now - DAY_MS)],
  )
  return rows[0]?.n ?? 0
}

/**
 * Requests and errors per day (UTC) for the last `days`, oldest first, optionally of one resource. With a resource the
 * index on it answers; without one, only errors are counted per day (`requests` is then 0): they are few.
 */
export async function dayCounts(
  teamId: string,
  now: number,
  days: number,
  resourceId?: string,
): Promise<DayCount[]> {
  const first = Math.floor(now / DAY_MS) * DAY_MS - (days - 1) * DAY_MS
  const { rows } = await pool().query<{ day: string; requests: number; errors: number }>(
    `SELECT to_char(at AT TIME ZONE 'UTC', 'YYYY-MM-DD') AS day, count(*) AS requests, count(*) FILTER (WHERE status >= 400) AS errors
     FROM exchange WHERE team_id = $1 AND id >= $2::uuid AND ${resourceId ? 'resource_id = $3::uuid' : 'status >= 400'} GROUP BY 1`,
    resourceId ? [teamId, firstIdAt(first), resourceId] : [teamId, firstIdAt(first)],
  )
  const found = new Map(rows.map((row) => [row.day, row]))
  return Array.from({ length: days }, (_, i) => {
    const day = new Date(first + i * DAY_MS).toISOString().slice(0, 10)
    const row = found.get(day)
    return { day, requests: resourceId ? (row?.requests ?? 0) : 0, errors: row?.errors ?? 0 }
  })
}

/** Errors of the last day by connection, from the index of errors. */
export async function errorsByConnection(teamId: string, now: number): Promise<Map<string, number>> {
  const { rows } = await pool().query<{ connection_id: string; n: number }>(
    'SELECT connection_id, count(*) AS n FROM exchange WHERE team_id = $1 AND id >= $2::uuid AND status >= 400 AND connection_id IS NOT NULL GROUP BY 1',
    [teamId, firstIdAt(now - DAY_MS)],
  )
  return new Map(rows.map((row) => [row.connection_id, row.n]))
}
