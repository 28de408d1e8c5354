import { anyOf, pool, prepared } from '#lib/db/pool'
import { uuidArray } from '../write.ts'
import type { GroupRef, UserRow } from './user-row.ts'

type Groups = Map<string, GroupRef[]>
type Row = { user_id: string; group_id: string; display_name: string; direct: boolean }

/** UNION, not UNION ALL, so that a cycle of groups ends. */
const EFFECTIVE_GROUPS = `
  WITH RECURSIVE up (user_id, group_id, direct) AS (
    SELECT m.user_id, m.group_id, true FROM membership m WHERE m.team_id = $1 AND m.user_id = ANY ($2::uuid[])
    UNION
    SELECT up.user_id, n.group_id, false FROM up JOIN nested_group n ON n.team_id = $1 AND n.member_group_id = up.group_id
  )
  SELECT up.user_id, up.group_id, g.display_name, bool_or(up.direct) AS direct
  FROM up JOIN directory_group g ON g.team_id = $1 AND g.id = up.group_id
  GROUP BY up.user_id, up.group_id, g.display_name ORDER BY g.display_name, up.group_id`

/** One look for a whole page: PostgreSQL reads the memberships side by side, not a list for each user. */
const GROUPS_OF_PAGE = `
  SELECT nests, CASE WHEN NOT nests THEN (
    SELECT '[' || string_agg('["' || m.user_id || '","' || g.id || '",' || to_json(g.display_name) || ']', ',' ORDER BY g.display_name, g.id) || ']'
    FROM membership m JOIN directory_group g ON g.team_id = $1 AND g.id = m.group_id
    WHERE m.team_id = $1 AND m.user_id ${anyOf('$2', 'uuid')}
  ) END AS groups FROM (SELECT EXISTS (SELECT 1 FROM nested_group n WHERE n.team_id = $1) AS nests) team`

/** The groups of all users of a page (RFC 7643 §4.1.2: direct and indirect), by user id. */
export async function groupsOfPage(teamId: string, userIds: readonly string[]): Promise<Groups> {
  if (userIds.length === 0) return new Map()
  const { rows } = await prepared<{ nests: boolean; groups: string | null }>(
    pool(),
    'groups-of-page',
    GROUPS_OF_PAGE,
    [teamId, uuidArray(userIds)],
  )
  if (rows[0]?.nests) return effectiveGroups(teamId, userIds)
  const groups: Groups = new Map()
  for (const [userId, id, display] of JSON.parse(rows[0]?.groups ?? '[]') as [string, string, string][])
    add(groups, userId, { id, display, direct: true })
  return groups
}

/**
 * The same of users who were read with their direct groups. Costs no statement for a team that nests no groups: then the
 * rows already hold all of them.
 */
export async function groupsOfUsers(
  teamId: string,
  users: readonly Pick<UserRow, 'id' | 'groups' | 'nests'>[],
): Promise<Groups> {
  if (users.some((user) => user.nests))
    return effectiveGroups(
      teamId,
      users.map((user) => user.id),
    )
  const groups: Groups = new Map()
  for (const user of users) {
    if (user.groups === null) continue
    const pairs = JSON.parse(user.groups) as [string, string][]
    groups.set(
      user.id,
      pairs.map(([id, display]) => ({ id, display, direct: true })),
    )
  }
  return groups
}

async function effectiveGroups(teamId: string, userIds: readonly string[]): Promise<Groups> {
  const groups: Groups = new Map()
  const values = [teamId, uuidArray(userIds)]
  const { rows } = await prepared<Row>(pool(), 'effective-groups', EFFECTIVE_GROUPS, values)
  for (const row of rows)
    add(groups, row.user_id, { id: row.group_id, display: row.display_name, direct: row.direct })
  return groups
}

function add(groups: Groups, userId: string, group: GroupRef): void {
  const list = groups.get(userId)
  if (list) list.push(group)
  else groups.set(userId, [group])
}
