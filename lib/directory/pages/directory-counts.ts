import { pool } from '#lib/db/pool'
import { countDeactivated } from '../count-deactivated.ts'
import { countRows } from '../count-rows.ts'
import { COUNT_LIMIT } from './keyset.ts'

export type DirectoryCounts = {
  users: number
  deactivated: number
  unmanagedUsers: number
  groups: number
  managedGroups: number
  groupsInError: number
  roles: number
}

/** The numbers of the overview, exact, each from a kept count or from an index of few rows. */
export async function directoryCounts(teamId: string): Promise<DirectoryCounts> {
  const [users, groups, deactivated, rest] = await Promise.all([
    countRows(teamId, 'User'),
    countRows(teamId, 'Group'),
    countDeactivated(teamId),
    pool().query<Omit<DirectoryCounts, 'users' | 'groups' | 'deactivated'>>(
      `SELECT (SELECT count(*) FROM directory_user WHERE team_id = $1 AND managed_by IS NULL) AS "unmanagedUsers",
        (SELECT count(*) FROM directory_group WHERE team_id = $1 AND managed_by IS NOT NULL) AS "managedGroups",
        (SELECT count(*) FROM directory_group WHERE team_id = $1 AND push_error_at IS NOT NULL) AS "groupsInError",
        (SELECT count(*) FROM role WHERE team_id = $1) AS roles`,
      [teamId],
    ),
  ])
  const counts = rest.rows[0] as Omit<DirectoryCounts, 'users' | 'groups' | 'deactivated'>
  return { users, groups, deactivated, ...counts }
}

export type Managed = { users: number; usersAreMore: boolean; groups: number }

/**
 * How many users and groups each connection manages. Up to COUNT_LIMIT users are counted one by one; the one connection
 * that has more has whom the others leave; where there are two such, `usersAreMore` says that there are more.
 */
export async function managedCounts(teamId: string): Promise<Map<string, Managed>> {
  const [all, { rows }] = await Promise.all([
    countRows(teamId, 'User'),
    pool().query<{ id: string; users: number; groups: number; unmanaged: number }>(
      `SELECT c.id, (SELECT count(*) FROM (SELECT 1 FROM directory_user u WHERE u.team_id = $1 AND u.managed_by = c.id LIMIT ${COUNT_LIMIT + 1}) found) AS users,
         (SELECT count(*) FROM directory_group g WHERE g.team_id = $1 AND g.managed_by = c.id) AS groups,
         (SELECT count(*) FROM directory_user u WHERE u.team_id = $1 AND u.managed_by IS NULL) AS unmanaged
       FROM connection c WHERE c.team_id = $1 ORDER BY c.approved_at DESC LIMIT 200`,
      [teamId],
    ),
  ])
  const many = rows.filter(({ users }) => users > COUNT_LIMIT)
  const few = rows.reduce((sum, { users }) => sum + (users > COUNT_LIMIT ? 0 : users), 0)
  const rest = all - few - (rows[0]?.unmanaged ?? 0)
  const complete = many.length === 1 && rows.length < 200
  return new Map(
    rows.map(({ id, users, groups }) => {
      if (users <= COUNT_LIMIT) return [id, { users, usersAreMore: false, groups }]
      return [id, { users: complete ? rest : COUNT_LIMIT, usersAreMore: !complete, groups }]
    }),
  )
}
