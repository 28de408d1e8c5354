import { pool, prepared } from '#lib/db/pool'
import { type ActivityRow, activityRow, type Row } from './activity-row.ts'
import { conditionsOf, eventsSql, exchangesSql } from './activity-sql.ts'

const FILTER = { changed: true, outcome: 'ok' } as const

/** What was changed last in a team, by its clients and by its people, newest first; read by every open overview. */
export async function latestChanges(teamId: string, limit: number): Promise<ActivityRow[]> {
  const asked = conditionsOf(teamId, FILTER, false)
  const { rows } = await prepared<Row>(
    pool(),
    `latest-changes-${limit}`,
    `SELECT * FROM (${exchangesSql(asked, 'DESC', limit)} UNION ALL ${eventsSql(asked, 'DESC', limit)}) both_kinds
     ORDER BY id DESC LIMIT ${limit}`,
    asked.values,
  )
  return rows.map(activityRow)
}
