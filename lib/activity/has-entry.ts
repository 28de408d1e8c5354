import { pool } from '#lib/db/pool'

/** Whether the team's log has an entry, a request or an event, with this id (a uuid). */
export async function hasEntry(teamId: string, id: string): Promise<boolean> {
  const { rowCount } = await pool().query(
    `SELECT 1 FROM exchange WHERE team_id = $1 AND id = $2 UNION ALL SELECT 1 FROM activity_event WHERE team_id = $1 AND id = $2 LIMIT 1`,
    [teamId, id],
  )
  return (rowCount ?? 0) > 0
}
