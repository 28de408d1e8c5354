import { pool, prepared } from '#lib/db/pool'
import { firstIdAt } from '#lib/platform/ids'

const DAY_MS = 86_400_000

export type DayCount = { day: string; requests: number; errors: number }

/** Refused requests: all of them, and those of each connection. */
export type Errors = { all: number; byConnection: Map<string, number> }

/** Errors since `now` minus a day, from the index of errors. */
export async function errorsOfLastDay(teamId: string, now: number): Promise<Errors> {
  const { rows } = await prepared<{ connection_id: string | null; n: number }>(
    pool(),
    'errors-since',
    'SELECT connection_id, count(*) AS n FROM exchange WHERE team_id = $1 AND id >= $2::uuid AND status >= 400 GROUP BY 1',
    [teamId, firstIdAt(now - DAY_MS)],
  )
  return {
    all: rows.reduce((sum, { n }) => sum + n, 0),
    byConnection: new Map(rows.map(({ connection_id, n }) => [connection_id ?? '', n])),
  }
}

/** A range of ids for each day: counted from the index alone, without reading when each request was. */
const daysSql = (counts: string) => `
  SELECT d.day, ${counts} FROM unnest($2::text[], $3::uuid[], $4::uuid[]) AS d(day, low, high)`
const countSql = (condition: string) =>
  `(SELECT count(*) FROM exchange e WHERE e.team_id = $1 AND e.id >= d.low AND e.id < d.high AND ${condition})`

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
  const starts = Array.from({ length: days + 1 }, (_, i) => first + i * DAY_MS)
  const names = starts.slice(0, days).map((start) => new Date(start).toISOString().slice(0, 10))
  const bounds = starts.map(firstIdAt)
  const values = [teamId, names, bounds.slice(0, days), bounds.slice(1)]
  const errors = countSql('e.status >= 400')
  const { rows } = resourceId
    ? await prepared<DayCount>(
        pool(),
        'days-of-resource',
        daysSql(
          `${countSql('e.resource_id = $5')} AS requests, ${countSql('e.resource_id = $5 AND e.status >= 400')} AS errors`,
        ),
        [...values, resourceId],
      )
    : await prepared<DayCount>(pool(), 'days', daysSql(`0 AS requests, ${errors} AS errors`), values)
  return rows.sort((a, b) => a.day.localeCompare(b.day))
}
