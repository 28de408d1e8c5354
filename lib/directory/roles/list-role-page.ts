import type { ResourceDefinition } from '#lib/scim/schema/resource-definition'
import { ROLE_SCHEMA } from '#lib/scim/schema/urns'
import { type ListQuery, listResources, type Page } from '../list-resources.ts'
import type { ListSource } from '../lists/selection.ts'
import { roleFilterTarget } from '../role-filter-target.ts'
import type { RoleRow } from './list-roles.ts'

/** Roles in the order they were made, as SCIM lists them: `seq` has room for a thousand in one millisecond. */
const ROLES_IN_ORDER = `(SELECT o.*, o.ctid AS place, (extract(epoch FROM o.created_at) * 1000)::bigint * 1000
  + row_number() OVER (PARTITION BY o.created_at ORDER BY o.builtin DESC, o.name) AS seq FROM role o WHERE o.team_id = $1)`

function roleSource(definition: ResourceDefinition, scimBaseUrl: string): ListSource {
  return {
    resource: undefined,
    alias: 'r',
    columns: 'r.id, r.name, r.display_name, r.description, r.created_at, r.updated_at',
    table: ROLES_IN_ORDER,
    place: 'r.place',
    where: 'r.team_id = $1',
    params: [],
    target: roleFilterTarget(scimBaseUrl),
    definition,
  }
}

/** A page of a team's roles as SCIM shows them. */
export async function listRolePage(
  teamId: string,
  query: ListQuery,
  definition: ResourceDefinition,
  scimBaseUrl: string,
): Promise<Page<{ id: string; text: string }>> {
  const source = roleSource(definition, scimBaseUrl)
  return listResources(teamId, source, query, async (rows: readonly (RoleRow & { list_at: number })[]) =>
    rows.map((row) => ({ id: row.name, text: renderRole(row, scimBaseUrl) })),
  )
}

/** Okta's role resource. `id` is the role's name: what `roles[].value` of a user carries, readable on both sides. */
export function renderRole(
  role: Pick<RoleRow, 'name' | 'display_name' | 'description' | 'created_at' | 'updated_at'>,
  scimBaseUrl: string,
): string {
  return JSON.stringify({
    schemas: [ROLE_SCHEMA],
    id: role.name,
    displayName: role.display_name,
    ...(role.description !== '' && { description: role.description.slice(0, 1000) }),
    meta: {
      resourceType: 'Role',
      created: role.created_at.toISOString(),
      lastModified: role.updated_at.toISOString(),
      location: `${scimBaseUrl}/Roles/${role.name}`,
    },
  })
}
