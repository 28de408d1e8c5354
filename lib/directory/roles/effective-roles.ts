import { pool, prepared } from '#lib/db/pool'
import { uuidArray } from '../write.ts'

/** A role that a user has, and why: the groups it comes through, or the identity provider that assigned it. */
export type EffectiveRole = {
  id: string
  name: string
  displayName: string
  description: string
  through: { id: string; name: string; direct: boolean }[]
  assigned: boolean
}

type Row = {
  user_id: string
  role_id: string
  name: string
  display_name: string
  description: string
  group_id: string | null
  group_name: string | null
  direct: boolean
}

const EFFECTIVE_ROLES = `
  WITH RECURSIVE inside (user_id, group_id, direct) AS (
    SELECT own.user_id, own.group_id, true FROM (
      SELECT m.user_id, m.group_id FROM membership m WHERE m.team_id = $1 AND m.user_id = ANY ($2::uuid[])
      UNION ALL
      SELECT u.id, g.id FROM unnest($2::uuid[]) AS u (id), directory_group g WHERE g.team_id = $1 AND g.name_key = 'everyone' AND g.system = 'everyone'
    ) own
    UNION
    SELECT i.user_id, n.group_id, false FROM inside i JOIN nested_group n ON n.team_id = $1 AND n.member_group_id = i.group_id
  )
  SELECT i.user_id, r.id AS role_id, r.name, r.display_name, r.description, g.id AS group_id, g.display_name AS group_name, bool_or(i.direct) AS direct
  FROM inside i
  JOIN role_grant x ON x.team_id = $1 AND x.group_id = i.group_id
  JOIN role r ON r.team_id = $1 AND r.id = x.role_id
  JOIN directory_group g ON g.team_id = $1 AND g.id = i.group_id
  GROUP BY i.user_id, r.id, r.name, r.display_name, r.description, g.id, g.display_name
  UNION ALL
  SELECT DISTINCT u.id, r.id, r.name, r.display_name, r.description, NULL::uuid, NULL, true
  FROM directory_user u
  CROSS JOIN jsonb_path_query(u.doc, 'lax $.roles[*].value') AS direct (value)
  JOIN role r ON r.team_id = $1 AND (r.name = direct.value #>> '{}' OR r.id::text = direct.value #>> '{}')
  WHERE u.team_id = $1 AND u.id = ANY ($2::uuid[])
  ORDER BY 3, 7 NULLS FIRST`

/**
 * The roles in effect for users, by user id: through their groups, groups around those, and `everyone`; and those that the
 * identity provider assigned (`roles` of the SCIM user, as Okta's entitlements do), by role id or name.
 */
export async function effectiveRoles(
  teamId: string,
  userIds: readonly string[],
): Promise<Map<string, EffectiveRole[]>> {
  const byUser = new Map<string, EffectiveRole[]>()
  if (userIds.length === 0) return byUser
  const { rows } = await prepared<Row>(pool(), 'effective-roles', EFFECTIVE_ROLES, [
    teamId,
    uuidArray(userIds),
  ])
  for (const row of rows) {
    const roles = byUser.get(row.user_id) ?? []
    byUser.set(row.user_id, roles)
    let role = roles.find(({ id }) => id === row.role_id)
    if (!role) {
      role = {
        id: row.role_id,
        name: row.name,
        displayName: row.display_name,
        description: row.description,
        through: [],
        assigned: false,
      }
      roles.push(role)
    }
    if (row.group_id && row.group_name !== null)
      role.through.push({ id: row.group_id, name: row.group_name, direct: row.direct })
    else role.assigned = true
  }
  return byUser
}
