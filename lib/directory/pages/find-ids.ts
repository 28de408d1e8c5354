import { pool } from '#lib/db/pool'
import { caseKey, userNameKey } from '#lib/scim/case-key'

const NAMED = `
  SELECT id FROM directory_user WHERE team_id = $1 AND user_name_key = $4
  UNION SELECT id FROM directory_user WHERE team_id = $1 AND external_id = $3
  UNION SELECT id FROM directory_group WHERE team_id = $1 AND name_key = $2
  UNION SELECT id FROM directory_group WHERE team_id = $1 AND external_id = $3
  UNION SELECT id FROM role WHERE team_id = $1 AND name = $2
  LIMIT 20`

/** The ids of users, groups and roles that bear exactly this name, userName or external id; case counts for the last only. */
export async function idsNamed(teamId: string, text: string): Promise<string[]> {
  const { rows } = await pool().query<{ id: string }>(NAMED, [teamId, caseKey(text), text, userNameKey(text)])
  return rows.map((row) => row.id)
}
