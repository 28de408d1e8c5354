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

/** How many users and groups each connection manages; up to 100,000 users are counted, more say so by being that many. */
export async function managedCounts(teamId: string): Promise<Map<string, { users: number; groups: number }>> {
  const { rows } = await pool().query<{ id: string; users: number; groups: number }>(
    `SELECT c.id, (SELECT count(*) FROM (SELECT 1 FROM directory_user u WHERE u.team_id = $1 AND u.managed_by = c.id LIMIT 100000) found) AS users,
       (SELECT count(*) FROM directory_group g WHERE g.team_id = $1 AND g.managed_by = c.id) AS groups
     FROM connection c WHERE c.team_id = $1 ORDER BY c.approved_at DESC LIMIT 200`,
    [teamId],
  )
  return new Map(rows.map(({ id, ...counts }) => [id, counts]))
}
