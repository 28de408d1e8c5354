import { pool, prepared } from '#lib/db/pool'

export type RoleRow = {
  id: string
  name: string
  display_name: string
  description: string
  builtin: boolean
  created_at: Date
  updated_at: Date
}

const LIST_ROLES = `SELECT id, name, display_name, description, builtin, created_at, updated_at FROM role WHERE team_id = $1
  ORDER BY builtin DESC, name`

/** A team's roles, the built-in ones first. There are tens of them at most. */
export async function listRoles(teamId: string): Promise<RoleRow[]> {
  const { rows } = await prepared<RoleRow>(pool(), 'list-roles', LIST_ROLES, [teamId])
  return rows
}
