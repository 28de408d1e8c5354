import { pool } from '#lib/db/pool'
import { countRows } from '../count-rows.ts'

export type DirectoryCounts = {
  users: number
  deactivated: number
  unmanagedUsers: number
  groups: number
  managedGroups: number
  groupsInError: number
  roles: number
}

/** The numbers of the overview, each from an index. */
export async function directoryCounts(teamId: string): Promise<DirectoryCounts> {
  const [users, groups, rest] = await Promise.all([
    countRows(teamId, 'User'),
    countRows(teamId, 'Group'),
    pool().query<Omit<DirectoryCounts, 'users' | 'groups'>>(
      `SELECT (SELECT count(*) FROM directory_user WHERE team_id = $1 AND NOT active) AS deactivated,
        (SELECT count(*) FROM directory_user WHERE team_id = $1 AND managed_by IS NULL) AS "unmanagedUsers",
        (SELECT count(*) FROM directory_group WHERE team_id = $1 AND managed_by IS NOT NULL) AS "managedGroups",
        (SELECT count(*) FROM directory_group WHERE team_id = $1 AND push_error_at IS NOT NULL) AS "groupsInError",
        (SELECT count(*) FROM role WHERE team_id = $1) AS roles`,
      [teamId],
    ),
  ])
  const counts = rest.rows[0] as Omit<DirectoryCounts, 'users' | 'groups'>
  return { users, groups, ...counts }
}
