import { listRoles, type RoleRow } from '#lib/directory/roles/list-roles'
import { evaluateFilter } from '#lib/scim/filter/evaluate-filter'
import { parseFilter } from '#lib/scim/filter/parse-filter'
import { resolveFilter } from '#lib/scim/filter/resolve-filter'
import type { PageRequest } from '#lib/scim/pagination'
import { ROLE_SCHEMA } from '#lib/scim/schema/urns'
import { ScimError } from '#lib/scim/scim-error'
import type { ScimAnswer, ScimContext, ScimHandler } from './context.ts'
import { describeList, describeRead, listAnswer, listParameters, type SearchParameters } from './lists.ts'
import { projector } from './project.ts'
import { locationOf } from './respond.ts'
import { projectionOf } from './users.ts'

/** Okta's role resource. `id` is the role's name: what `roles[].value` of a user carries, readable on both sides. */
function roleResource(role: RoleRow, scimBaseUrl: string) {
  return {
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
  }
}

export const getRole: ScimHandler = async (context) => {
  const role = (await listRoles(context.caller.teamId)).find(
    ({ id, name }) => name === context.id || id === context.id,
  )
  if (!role)
    throw new ScimError(
      404,
      undefined,
      `There is no role ${context.id.slice(0, 100)} in Muster. GET /Roles lists them.`,
    )
  describeRead(context, { type: 'Role', id: role.id, name: role.name })
  const body = JSON.stringify(roleResource(role, context.scimBaseUrl))
  return {
    status: 200,
    body: projector(projectionOf(context), context.definitions.Role)(body),
    location: locationOf(context, '/Roles', role.name),
  }
}

export const getRoles: ScimHandler = (context) => searchRoles(context, listParameters(context.query))

/** A team has tens of roles at most: they are filtered and cut in memory. */
export async function searchRoles(context: ScimContext, parameters: SearchParameters): Promise<ScimAnswer> {
  const definition = context.definitions.Role
  const all = (await listRoles(context.caller.teamId)).map((role) => roleResource(role, context.scimBaseUrl))
  const { filter, notes } = parameters.filter
    ? resolveFilter(parseFilter(parameters.filter), definition)
    : { filter: undefined, notes: [] }
  const matching = filter ? all.filter((role) => evaluateFilter(filter, role)) : all
  const { from, count } = window(parameters.page)
  const rows = matching.slice(from, from + count).map((role) => ({ text: JSON.stringify(role) }))
  const page = { rows, totalResults: matching.length, startIndex: from + 1, notes }
  describeList(context, 'role', parameters, page)
  return listAnswer(page, projector(parameters, definition))
}

/** Roles are few; a cursor is never needed beyond the first page, which holds all of them. */
function window(page: PageRequest): { from: number; count: number } {
  if (page.kind === 'index') return { from: page.startIndex - 1, count: page.count }
  if (page.cursor !== undefined)
    throw new ScimError(400, 'invalidCursor', 'Roles have one page only; leave the cursor out.')
  return { from: 0, count: page.count }
}
