import { listEverything } from '#lib/directory/everything/list-everything'
import type { ScimAnswer, ScimContext, ScimHandler } from './context.ts'
import { wantsMembers } from './groups.ts'
import { describeList, listAnswer, listParameters, type SearchParameters, searchParameters } from './lists.ts'
import { projector, userProjector } from './project.ts'

/** GET on the base URL: a query over all resource types (RFC 7644 §3.4.2.1). */
export const getRoot: ScimHandler = (context) => searchRoot(context, listParameters(context.query))

/** POST /.search (RFC 7644 §3.4.3). */
export const postRootSearch: ScimHandler = (context) => searchRoot(context, searchParameters(context.body))

async function searchRoot(context: ScimContext, parameters: SearchParameters): Promise<ScimAnswer> {
  const { caller, definitions, scimBaseUrl } = context
  const withMembers = wantsMembers(parameters, definitions.Group)
  const page = await listEverything(
    { teamId: caller.teamId, definitions, scimBaseUrl, withMembers },
    parameters,
  )
  describeList(context, 'resource', parameters, page)
  const project = {
    User: await userProjector(
      context,
      parameters,
      page.rows.filter(({ type }) => type === 'User').map(({ id }) => id),
    ),
    Group: projector(parameters, definitions.Group),
    Role: projector(parameters, definitions.Role),
  }
  const rows = page.rows.map(({ type, text }) => ({ text: project[type](text) }))
  return listAnswer({ ...page, rows }, (text) => text)
}
