import type { ChangedGroup } from '#lib/directory/groups/change-group'
import { createGroup } from '#lib/directory/groups/create-group'
import { deleteGroup } from '#lib/directory/groups/delete-group'
import { findGroup } from '#lib/directory/groups/find-group'
import { renderGroup } from '#lib/directory/groups/group-row'
import { listGroups } from '#lib/directory/groups/list-groups'
import { patchGroup } from '#lib/directory/groups/patch-group'
import { readGroup } from '#lib/directory/groups/read-group'
import { replaceGroup } from '#lib/directory/groups/replace-group'
import { isNotModified } from '#lib/scim/etag'
import {
  isProjected,
  needsProjection,
  type ProjectionParameters,
  parseProjection,
} from '#lib/scim/projection'
import type { ResourceDefinition } from '#lib/scim/schema/resource-definition'
import { preconditionOf, type ScimAnswer, type ScimContext, type ScimHandler, writeOf } from './context.ts'
import { describeList, describeRead, listAnswer, listParameters, type SearchParameters } from './lists.ts'
import { projector } from './project.ts'
import { locationOf, versionOfText } from './respond.ts'
import { projectionOf } from './users.ts'

export const getGroup: ScimHandler = async (context) => {
  const { caller, scimBaseUrl } = context
  const parameters = projectionOf(context)
  const members = wantsMembers(parameters, context.definitions.Group)
  if (members) await context.permit?.confirm()
  const { row, text } = members
    ? await readGroup(caller.teamId, context.id, scimBaseUrl)
    : await groupWithoutMembers(context)
  describeRead(context, { type: 'Group', id: row.id, name: row.display_name })
  const location = locationOf(context, '/Groups', row.id)
  if (isNotModified(context.header('if-none-match'), row.version))
    return { status: 304, version: row.version, location }
  return {
    status: 200,
    body: projector(parameters, context.definitions.Group)(text),
    version: row.version,
    location,
  }
}

async function groupWithoutMembers(context: ScimContext) {
  const row = await findGroup(context.caller.teamId, context.id, context.permit)
  return {
    row,
    text: renderGroup(
      { ...row, createdAt: row.created_at, updatedAt: row.updated_at },
      undefined,
      context.scimBaseUrl,
    ),
  }
}

/** Members are read only when the answer shows them: Entra asks with excludedAttributes=members. */
export function wantsMembers(parameters: ProjectionParameters, definition: ResourceDefinition): boolean {
  return (
    !needsProjection(parameters, definition) ||
    isProjected(parseProjection(parameters, definition), 'members')
  )
}

export const getGroups: ScimHandler = (context) => searchGroups(context, listParameters(context.query))

/** GET /Groups and POST /Groups/.search. */
export async function searchGroups(context: ScimContext, parameters: SearchParameters): Promise<ScimAnswer> {
  const definition = context.definitions.Group
  const withMembers = wantsMembers(parameters, definition)
  const { teamId, connectionId } = context.caller
  const page = await listGroups(
    teamId,
    { ...parameters, reader: connectionId },
    definition,
    context.scimBaseUrl,
    withMembers,
  )
  describeList(context, 'group', parameters, page)
  return listAnswer(page, projector(parameters, definition))
}

export const postGroup: ScimHandler = async (context) => {
  const definition = context.definitions.Group
  const { id, text } = await createGroup(writeOf(context), context.body, definition)
  return {
    status: 201,
    body: projector(projectionOf(context), definition)(text),
    version: versionOfText(text),
    location: locationOf(context, '/Groups', id),
  }
}

export const putGroup: ScimHandler = async (context) =>
  changed(
    context,
    await replaceGroup(
      writeOf(context),
      context.id,
      context.body,
      context.definitions.Group,
      preconditionOf(context),
    ),
  )

/** 204 without a body, unless `attributes` asks for one (RFC 7644 §3.5.2). */
export const patchGroupById: ScimHandler = async (context) => {
  const shown = context.query.has('attributes') || context.query.has('excludedAttributes')
  return changed(
    context,
    await patchGroup(
      writeOf(context),
      context.id,
      context.body,
      context.definitions.Group,
      shown,
      preconditionOf(context),
    ),
  )
}

export const deleteGroupById: ScimHandler = async (context) => {
  await deleteGroup(writeOf(context), context.id, preconditionOf(context))
  return { status: 204 }
}

function changed(context: ScimContext, group: ChangedGroup): ScimAnswer {
  const location = locationOf(context, '/Groups', group.id)
  if (group.text === undefined) return { status: 204, version: group.version, location }
  const body = projector(projectionOf(context), context.definitions.Group)(group.text)
  return { status: 200, body, version: group.version, location }
}
