import { pool, prepared } from '#lib/db/pool'
import { type EffectiveRole, effectiveRoles } from '../roles/effective-roles.ts'
import { isReservedGroupName } from '../teams/builtin-roles.ts'
import { uuidArray } from '../write.ts'

/** The attributes of Muster's own extension of the User (directory-user-schema.ts). */
export type DirectoryFacts = { managedBy?: string; effectiveRoles?: Record<string, string>[] }

const MANAGED_BY = 'SELECT id, managed_by FROM directory_user WHERE team_id = $1 AND id = ANY ($2::uuid[])'

/** What Muster itself knows of users, by user id. */
export async function directoryFacts(
  teamId: string,
  userIds: readonly string[],
  scimBaseUrl: string,
): Promise<Map<string, DirectoryFacts>> {
  const [roles, managers] = await Promise.all([
    effectiveRoles(teamId, userIds),
    prepared<{ id: string; managed_by: string | null }>(pool(), 'managers-of-users', MANAGED_BY, [
      teamId,
      uuidArray(userIds),
    ]),
  ])
  return new Map(
    managers.rows.map(({ id, managed_by }) => {
      const values = (roles.get(id) ?? []).flatMap((role) => reasonsOf(role, scimBaseUrl))
      return [
        id,
        {
          ...(managed_by !== null && { managedBy: managed_by }),
          ...(values.length > 0 && { effectiveRoles: values }),
        },
      ]
    }),
  )
}

/** One value a reason. Muster's own groups have a name but no id that a client could look up. */
function reasonsOf(role: EffectiveRole, scimBaseUrl: string): Record<string, string>[] {
  const value = { value: role.name, $ref: `${scimBaseUrl}/Roles/${role.name}`, display: role.displayName }
  const through = role.through.map((group) => {
    const type = group.name === 'everyone' ? 'everyone' : group.direct ? 'direct' : 'indirect'
    const via = isReservedGroupName(group.name) ? undefined : { via: group.id }
    return { ...value, type, ...via, viaDisplay: group.name } as Record<string, string>
  })
  return role.assigned ? [{ ...value, type: 'assigned' }, ...through] : through
}
