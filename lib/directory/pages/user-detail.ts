import { pool } from '#lib/db/pool'
import { isUuid } from '#lib/platform/ids'
import { teamDefinitions } from '../definitions.ts'
import { type EffectiveRole, effectiveRoles } from '../roles/effective-roles.ts'
import { findUser } from '../users/find-user.ts'
import { groupsOfUsers } from '../users/groups-of-users.ts'

export type UserDetail = {
  id: string
  userName: string
  externalId: string | undefined
  active: boolean
  version: number
  createdAt: string
  updatedAt: string
  managedBy: { id: string; name: string; live: boolean } | undefined
  /** The stored SCIM attributes. */
  attributes: Record<string, unknown>
  groups: { id: string; name: string; direct: boolean; addedAt: string | undefined }[]
  roles: EffectiveRole[]
  /** Groups the user was in before, newest first; at most fifty. */
  formerGroups: { id: string; name: string | undefined; addedAt: string; endedAt: string }[]
}

/** Everything a user's page shows, or undefined when the team has no such user. */
export async function userDetail(teamId: string, id: string): Promise<UserDetail | undefined> {
  if (!isUuid(id)) return undefined
  const row = await findUser(teamId, id).catch((cause) => {
    if ((cause as { status?: number }).status === 404) return undefined
    throw cause
  })
  if (!row) return undefined
  const [groups, roles, times, former, connection] = await Promise.all([
    groupsOfUsers(teamId, [row]),
    effectiveRoles(teamId, [row.id]),
    pool().query<{ group_id: string; added_at: Date }>(
      'SELECT group_id, added_at FROM membership WHERE team_id = $1 AND user_id = $2',
      [teamId, row.id],
    ),
    pool().query<{ group_id: string; display_name: string | null; added_at: Date; ended_at: Date }>(
      `SELECT e.group_id, g.display_name, e.added_at, e.ended_at FROM membership_ended e
       LEFT JOIN directory_group g ON g.team_id = e.team_id AND g.id = e.group_id
       WHERE e.team_id = $1 AND e.user_id = $2 ORDER BY e.ended_at DESC LIMIT 50`,
      [teamId, row.id],
    ),
    pool().query<{ id: string; name: string; live: boolean }>(
      'SELECT id, name, disconnected_at IS NULL AS live FROM connection WHERE team_id = $1 AND id = $2',
      [teamId, row.managed_by],
    ),
  ])
  const { schemas: _schemas, ...stored } = JSON.parse(row.doc) as Record<string, unknown>
  const { retired } = (await teamDefinitions(teamId)).User
  const attributes = Object.fromEntries(
    Object.entries(stored).filter(([name]) => !retired.has(name.toLowerCase())),
  )
  const addedAt = new Map(times.rows.map((time) => [time.group_id, time.added_at.toISOString()]))
  return {
    id: row.id,
    userName: row.user_name,
    externalId: typeof attributes.externalId === 'string' ? attributes.externalId : undefined,
    active: row.active,
    version: row.version,
    createdAt: row.created_at.toISOString(),
    updatedAt: row.updated_at.toISOString(),
    managedBy: connection.rows[0],
    attributes,
    groups: (groups.get(row.id) ?? []).map((group) => ({
      id: group.id,
      name: group.display,
      direct: group.direct,
      addedAt: addedAt.get(group.id),
    })),
    roles: roles.get(row.id) ?? [],
    formerGroups: former.rows.map((each) => ({
      id: each.group_id,
      name: each.display_name ?? undefined,
      addedAt: each.added_at.toISOString(),
      endedAt: each.ended_at.toISOString(),
    })),
  }
}
