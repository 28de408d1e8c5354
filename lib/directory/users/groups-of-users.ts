import { pool, prepared } from '#lib/db/pool'
import { uuidArray } from '../write.ts'
import type { GroupRef, UserRow } from './user-row.ts'

type Row = { user_id: string; group_id: string; display_name: string; direct: boolean }

const EFFECTIVE_GROUPS = `
  WITH RECURSIVE up (user_id, group_id, direct) AS (
    SELECT m.user_id, m.group_id, true FROM membership m WHERE m.team_id = $1 AND m.user_id = ANY ($2::uuid[])
    UNION
    SELECT up.user_id, n.group_id, false FROM up JOIN nested_group n ON n.team_id = $1 AND n.member_group_id = up.group_id
  )
  SELECT up.user_id, up.group_id, g.display_name, bool_or(up.direct) AS direct
  FROM up JOIN directory_group g ON g.team_id = $1 AND g.id = up.group_id
  GROUP BY up.user_id, up.group_id, g.display_name ORDER BY g.display_name, up.group_id`

/**
 * The groups of users (RFC 7643 §4.1.2: direct and indirect), by user id. Costs no statement for a team that nests no
 * groups: then the rows already hold all of them. UNION, not UNION ALL, so that a cycle of groups ends.
 */
export async function groupsOfUsers(
  teamId: string,
  users: readonly Pick<UserRow, 'id' | 'groups' | 'nests'>[],
): Promise<Map<string, GroupRef[]>> {
  const groups = new Map<string, GroupRef[]>()
  if (users.some((user) => user.nests)) {
    const { rows } = await prepared<Row>(pool(), 'effective-groups', EFFECTIVE_GROUPS, [
      teamId,
      uuidArray(users.map((user) => user.id)),
    ])
    for (const row of rows) {
      const list = groups.get(row.user_id) ?? []
      list.push({ id: row.group_id, display: row.display_name, direct: row.direct })
      groups.set(row.user_id, list)
    }
    return groups
  }
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
