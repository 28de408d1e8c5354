import { confirmed } from '#lib/activity/confirmed'
import { createUser } from '#lib/directory/users/create-user'
import { deleteUser } from '#lib/directory/users/delete-user'
import { listUsers } from '#lib/directory/users/list-users'
import { patchUser } from '#lib/directory/users/patch-user'
import { readUser } from '#lib/directory/users/read-user'
import { replaceUser } from '#lib/directory/users/replace-user'
import type { UpdatedUser } from '#lib/directory/users/update-user'
import { isNotModified } from '#lib/scim/etag'
import { preconditionOf, type ScimAnswer, type ScimContext, type ScimHandler, writeOf } from './context.ts'
import { describeList, describeRead, listAnswer, listParameters, type SearchParameters } from './lists.ts'
import { userProjector } from './project.ts'
import { locationOf } from './respond.ts'

export const getUser: ScimHandler = async (context) => {
  const { row, text } = await readUser(context.caller.teamId, context.id, context.scimBaseUrl, context.permit)
  describeRead(context, { type: 'User', id: row.id, name: row.user_name })
  const location = locationOf(context, '/Users', row.id)
  if (isNotModified(context.header('if-none-match'), row.version))
    return { status: 304, version: row.version, location }
  const project = await userProjector(context, projectionOf(context), [row.id])
  return { status: 200, body: project(text), version: row.version, location }
}

export const getUsers: ScimHandler = (context) => searchUsers(context, listParameters(context.query))

/** GET /Users and POST /Users/.search. */
export async function searchUsers(context: ScimContext, parameters: SearchParameters): Promise<ScimAnswer> {
  const definition = context.definitions.User
  const { teamId, connectionId } = context.caller
  const query = { ...parameters, reader: connectionId, permit: context.permit }
  const page = await listUsers(teamId, query, definition, context.scimBaseUrl)
  describeList(context, 'user', parameters, page)
  const ids = page.rows.map((row) => row.id)
  return listAnswer(page, await userProjector(context, parameters, ids))
}

export const postUser: ScimHandler = async (context) => {
  const { id, text } = await createUser(writeOf(context), context.body, context.definitions.User)
  const project = await userProjector(context, projectionOf(context), [id])
  return { status: 201, body: project(text), version: 1, location: locationOf(context, '/Users', id) }
}

export const putUser: ScimHandler = async (context) =>
  updated(
    context,
    await replaceUser(
      writeOf(context),
      context.id,
      context.body,
      context.definitions.User,
      preconditionOf(context),
    ),
  )

export const patchUserById: ScimHandler = async (context) =>
  updated(
    context,
    await patchUser(
      writeOf(context),
      context.id,
      context.body,
      context.definitions.User,
      preconditionOf(context),
    ),
  )

export const deleteUserById: ScimHandler = async (context) => {
  await deleteUser(writeOf(context), context.id, preconditionOf(context))
  return { status: 204 }
}

async function updated(context: ScimContext, user: UpdatedUser): Promise<ScimAnswer> {
  if (!context.exchange.recorded) {
    const { userName } = JSON.parse(user.text) as { userName: string }
    describeRead(context, { type: 'User', id: user.id, name: userName }, 'user.update', confirmed(userName))
    context.exchange.notes = user.notes.map((note) => `${note.path}: ${note.message}`)
  }
  const project = await userProjector(context, projectionOf(context), [user.id])
  const location = locationOf(context, '/Users', user.id)
  return { status: 200, body: project(user.text), version: user.version, location }
}

export function projectionOf(context: ScimContext): { attributes?: string; excludedAttributes?: string } {
  return {
    attributes: context.query.get('attributes'),
    excludedAttributes: context.query.get('excludedAttributes'),
  }
}
