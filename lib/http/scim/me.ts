import { subjectOfCaller } from '#lib/connections/subject-of-caller'
import { USER_SCHEMA } from '#lib/scim/schema/urns'
import type { ScimHandler } from './context.ts'
import { projector } from './project.ts'
import { projectionOf } from './users.ts'

/**
 * GET /Me (RFC 7644 §3.11): the token's subject, a service user, in the shape of a User. It is no resource of the
 * directory: it is found here only, never among /Users, and is changed in Muster, so that every other method is 405.
 */
export const getMe: ScimHandler = async (context) => {
  const subject = await subjectOfCaller(context.caller)
  const location = `${context.scimBaseUrl}/Me`
  const at = subject.createdAt.toISOString()
  const { exchange } = context
  exchange.action = 'self.read'
  exchange.summary = `read who it is: ${subject.name}`
  const text = JSON.stringify({
    schemas: [USER_SCHEMA],
    id: subject.id,
    meta: { resourceType: 'User', created: at, lastModified: at, location },
    userName: subject.name,
    displayName: subject.name,
    userType: 'ServiceUser',
    active: true,
    groups: [],
  })
  return {
    status: 200,
    body: projector(projectionOf(context), context.definitions.User)(text),
    location,
    headers: { 'content-location': location },
  }
}
