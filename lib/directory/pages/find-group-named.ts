import { pool } from '#lib/db/pool'
import { caseKey } from '#lib/scim/case-key'

/** The id of the group of this name, in whatever case; undefined when the team has none. */
export async function findGroupNamed(teamId: string, name: string): Promise<string | undefined> {
  const { rows } = await pool().query<{ id: string }>(
    'SELECT id FROM directory_group WHERE team_id = $1 AND name_key = $2',
    [teamId, caseKey(name.trim())],
  )
  return rows[0]?.id
}
