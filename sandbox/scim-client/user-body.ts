import { isRecord } from './call.ts'

export const USER_SCHEMA = 'urn:ietf:params:scim:schemas:core:2.0:User'
const ENTERPRISE_SCHEMA = 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User'

/** A person's attributes after the app's mappings. Empty strings count as not set. */
export type MappedUser = {
  oktaId: string
  userName: string
  email: string
  givenName: string
  familyName: string
  displayName: string
  title: string
  department: string
  locale: string
}

/** The body of `POST /Users`. Okta always sends a placeholder password and an empty `groups`. */
export function newUserBody(user: MappedUser, password: string): Record<string, unknown> {
  const enterprise = user.department !== ''
  return {
    schemas: enterprise ? [USER_SCHEMA, ENTERPRISE_SCHEMA] : [USER_SCHEMA],
    userName: user.userName,
    name: { givenName: user.givenName, familyName: user.familyName },
    emails: [{ primary: true, value: user.email, type: 'work' }],
    ...(user.title === '' ? {} : { title: user.title }),
    displayName: user.displayName,
    locale: user.locale,
    externalId: user.oktaId,
    ...(enterprise ? { [ENTERPRISE_SCHEMA]: { department: user.department } } : {}),
    groups: [],
    password,
    active: true,
  }
}

/** The body of `PUT /Users/{id}`: what the server's GET returned, with the mapped attributes changed. */
export function mergedUserBody(
  current: Record<string, unknown>,
  user: MappedUser,
  active: boolean,
): Record<string, unknown> {
  const body: Record<string, unknown> = { ...current }
  const schemas = Array.isArray(current.schemas) ? current.schemas.map(String) : [USER_SCHEMA]
  body.schemas = schemas
  body.userName = user.userName
  body.name = {
    ...(isRecord(current.name) ? current.name : {}),
    givenName: user.givenName,
    familyName: user.familyName,
  }
  body.emails = withPrimaryEmail(current.emails, user.email)
  body.displayName = user.displayName
  body.locale = user.locale
  body.externalId = user.oktaId
  if (user.title === '') delete body.title
  else body.title = user.title
  const enterprise: Record<string, unknown> = isRecord(current[ENTERPRISE_SCHEMA])
    ? { ...current[ENTERPRISE_SCHEMA] }
    : {}
  if (user.department === '') delete enterprise.department
  else enterprise.department = user.department
  if (Object.keys(enterprise).length > 0) {
    body[ENTERPRISE_SCHEMA] = enterprise
    if (!schemas.includes(ENTERPRISE_SCHEMA)) body.schemas = [...schemas, ENTERPRISE_SCHEMA]
  } else {
    delete body[ENTERPRISE_SCHEMA]
  }
  body.active = active
  return body
}

function withPrimaryEmail(current: unknown, email: string): unknown[] {
  const emails = Array.isArray(current) ? current.filter(isRecord) : []
  const primary = emails.find((entry) => entry.primary === true) ?? emails[0]
  if (primary === undefined) return [{ primary: true, value: email, type: 'work' }]
  return emails.map((entry) => {
    if (entry !== primary) return entry
    return 'display' in entry ? { ...entry, value: email, display: email } : { ...entry, value: email }
  })
}
