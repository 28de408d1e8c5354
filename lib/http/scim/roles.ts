import { listRolePage, renderRole } from '#lib/directory/roles/list-role-page'
import { listRoles } from '#lib/directory/roles/list-roles'
import { ScimError } from '#lib/scim/scim-error'
import type { ScimAnswer, ScimContext, ScimHandler } from './context.ts'
import { describeList, describeRead, listAnswer, listParameters, type SearchParameters } from './lists.ts'
import { projector } from './project.ts'
import { locationOf } from './respond.ts'
import { projectionOf } from './users.ts'

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
  return {
    status: 200,
    body: projector(projectionOf(context), context.definitions.Role)(renderRole(role, context.scimBaseUrl)),
    location: locationOf(context, '/Roles', role.name),
  }
}

export const getRoles: ScimHandler = (context) => searchRoles(context, listParameters(context.query))

/** GET /Roles and POST /Roles/.search. */
export async function searchRoles(context: ScimContext, parameters: SearchParameters): Promise<ScimAnswer> {
  const definition = context.definitions.Role
  const page = await listRolePage(context.caller.teamId, parameters, definition, context.scimBaseUrl)
  describeList(context, 'role', parameters, page)
  return listAnswer(page, projector(parameters, definition))
}
