import { pool, prepared } from '#lib/db/pool'
import { countDeactivated } from '../count-deactivated.ts'
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

type Rest = Omit<DirectoryCounts, 'users' | 'groups' | 'deactivated'>

const REST = `
  SELECT (SELECT count(*) FROM directory_user WHERE team_id = $1 AND managed_by IS NULL) AS "unmanagedUsers",
    (SELECT count(*) FROM directory_group WHERE team_id = $1 AND managed_by IS NOT NULL) AS "managedGroups",
    (SELECT count(*) FROM directory_group WHERE team_id = $1 AND push_error_at IS NOT NULL) AS "groupsInError",
    (SELECT count(*) FROM role WHERE team_id = $1) AS roles`

/** The numbers of the overview, exact, each from a kept count or from an index of few rows. */
export async function directoryCounts(teamId: string): Promise<DirectoryCounts> {
  const [users, groups, deactivated, rest] = await Promise.all([
    countRows(teamId, 'User'),
    countRows(teamId, 'Group'),
    countDeactivated(teamId),
    prepared<Rest>(pool(), 'directory-counts', REST, [teamId]),
  ])
  return { users, groups, deactivated, ...(rest.rows[0] as Rest) }
}
