import { type ColumnType, RowType } from '#lib/db/row-type'
import { caseKey, userNameKey } from '#lib/scim/case-key'
import { etagOf } from '#lib/scim/etag'
import type { Attributes, JsonObject } from '#lib/scim/json-value'
import { schemasOf } from '#lib/scim/resource/schemas-of'
import type { ResourceDefinition } from '#lib/scim/schema/resource-definition'

/** What a stored user is read as: `doc` and `groups` are JSON text. */
export type UserRow = {
  id: string
  doc: string
  version: number
  created_at: Date
  updated_at: Date
  managed_by: string | null
  user_name: string
  active: boolean
  /** `[[group id, display name], …]` of direct memberships, or null for none. */
  groups: string | null
  /** Whether the team nests groups at all: then indirect memberships are looked up as well. */
  nests: boolean
}

export const USER_COLUMNS = `u.id, u.doc, u.version, u.created_at, u.updated_at, u.managed_by, u.user_name, u.active,
  (SELECT '[' || string_agg('["' || g.id || '",' || to_json(g.display_name) || ']', ',' ORDER BY g.display_name, g.id) || ']'
     FROM membership m JOIN directory_group g ON g.team_id = m.team_id AND g.id = m.group_id
     WHERE m.team_id = u.team_id AND m.user_id = u.id) AS groups,
  EXISTS (SELECT 1 FROM nested_group n WHERE n.team_id = $1) AS nests`

/** What a page reads of each of its users: times are milliseconds since 1970, and groups come for all of them at once. */
export type ListedRow = Pick<UserRow, 'id' | 'doc' | 'version'> & { created_ms: number; updated_ms: number }

export const LISTED_COLUMNS = `u.id, u.doc, u.version,
  (extract(epoch FROM u.created_at) * 1000)::bigint AS created_ms, (extract(epoch FROM u.updated_at) * 1000)::bigint AS updated_ms`

/** The columns that attributes are copied into, in the order of USER_WRITE_COLUMNS. */
export const USER_WRITE_COLUMNS =
  'user_name, user_name_key, external_id, display_name, display_name_key, given_name_key, family_name_key, email_keys, assigned_roles, search_text, active, doc'
export const USER_WRITE_TYPES: ColumnType[] = [
  'text',
  'text',
  'text',
  'text',
  'text',
  'text',
  'text',
  'text[]',
  'text[]',
  'text',
  'bool',
  'jsonb',
]

const WRITE_NAMES = USER_WRITE_COLUMNS.split(', ')

/** What one statement writes of several users: `id`, `version` as it was read, `at`, `managed_by`, and the columns. */
export const USER_ROWS = new RowType('user_input', [
  ['id', 'uuid'],
  ['version', 'int4'],
  ['at', 'timestamptz'],
  ['managed_by', 'uuid'],
  ...WRITE_NAMES.map((name, i) => [name, USER_WRITE_TYPES[i] as ColumnType] as const),
])

/** SQL: the columns of such a row `n`, in the order of USER_WRITE_COLUMNS. */
export const USER_WRITE_FROM_ROWS = WRITE_NAMES.map((name) => `n.${name}`).join(', ')

/** `doc` as it is stored: the attributes with their `schemas`. */
export function docOf(attributes: JsonObject, definition: ResourceDefinition): string {
  const { schemas: _stored, ...rest } = attributes
  return JSON.stringify({ schemas: schemasOf(rest, definition), ...rest })
}

export function userWriteValues(attributes: Attributes, doc: string): unknown[] {
  const text = (value: unknown) => (typeof value === 'string' && value !== '' ? value : null)
  const key = (value: unknown) => (typeof value === 'string' && value !== '' ? caseKey(value) : null)
  const name = (attributes.name ?? {}) as Attributes
  const emails = Array.isArray(attributes.emails) ? (attributes.emails as Attributes[]) : []
  const emailKeys = [...new Set(emails.map((email) => key(email.value)).filter((email) => email !== null))]
  const userName = String(attributes.userName)
  const displayName = text(attributes.displayName)
  return [
    userName,
    userNameKey(userName),
    text(attributes.externalId),
    displayName,
    key(displayName),
    key(name.givenName),
    key(name.familyName),
    emailKeys,
    assignedRoles(attributes.roles),
    [...new Set([userNameKey(userName), key(displayName), ...emailKeys])]
      .filter((part) => part !== null)
      .join('\n'),
    attributes.active === true,
    doc,
  ]
}

/** The names or ids of the roles that the identity provider assigned; null for none. */
function assignedRoles(roles: unknown): string[] | null {
  const values = (Array.isArray(roles) ? (roles as Attributes[]) : [])
    .map(({ value }) => value)
    .filter((value) => typeof value === 'string')
  return values.length > 0 ? values : null
}

export type GroupRef = { id: string; display: string; direct: boolean }

/** A user as SCIM shows it, as JSON text: the stored document with id, groups and meta spliced in. */
export function renderUser(
  user: { id: string; doc: string; version: number; createdAt: Date | string; updatedAt: Date | string },
  groups: readonly GroupRef[],
  scimBaseUrl: string,
): string {
  const refs = groups.map(
    (group) =>
      `{"value":"${group.id}","$ref":"${scimBaseUrl}/Groups/${group.id}","display":${JSON.stringify(group.display)},"type":"${group.direct ? 'direct' : 'indirect'}"}`,
  )
  return `{"id":"${user.id}","meta":{"resourceType":"User","created":"${iso(user.createdAt)}","lastModified":"${iso(user.updatedAt)}","version":${JSON.stringify(etagOf(user.version))},"location":"${scimBaseUrl}/Users/${user.id}"},"groups":[${refs.join(',')}],${user.doc.slice(1)}`
}

function iso(time: Date | string): string {
  return typeof time === 'string' ? time : time.toISOString()
}

/** The best name to show for a user's document. */
export function nameOf(attributes: JsonObject): string {
  return String(attributes.displayName ?? attributes.userName ?? '')
}
