import { etagOf } from '#lib/scim/etag'
import type { JsonObject } from '#lib/scim/json-value'

export type GroupRow = {
  id: string
  doc: string
  display_name: string
  external_id: string | null
  version: number
  member_count: number
  created_at: Date
  updated_at: Date
  managed_by: string | null
}

export const GROUP_COLUMNS =
  'g.id, g.doc, g.display_name, g.external_id, g.version, g.member_count, g.created_at, g.updated_at, g.managed_by'

const userText = (base: string) =>
  `'{"value":"' || u.id || '","$ref":"' || ${base} || '/Users/' || u.id || '","type":"User","display":' || to_json(coalesce(u.display_name, u.user_name))::text || '}'`

/**
 * A group's members as the inside of a JSON array, written by PostgreSQL: text from the table to the socket. `base` is a
 * parameter with the SCIM base URL. Unresolved members are not members; pages show them.
 */
export function membersText(group: string, base: string): string {
  return `concat_ws(',',
    (SELECT string_agg(${userText(base)}, ',' ORDER BY u.id)
       FROM membership m JOIN directory_user u ON u.team_id = m.team_id AND u.id = m.user_id WHERE m.team_id = $1 AND m.group_id = ${group}),
    (${nestedText(group, base)}))`
}

/** The groups among the members: there are few. */
export function nestedText(group: string, base: string): string {
  return `SELECT string_agg('{"value":"' || n.member_group_id || '","$ref":"' || ${base} || '/Groups/' || n.member_group_id || '","type":"Group","display":' || to_json(i.display_name)::text || '}', ',' ORDER BY n.member_group_id)
       FROM nested_group n JOIN directory_group i ON i.team_id = n.team_id AND i.id = n.member_group_id WHERE n.team_id = $1 AND n.group_id = ${group}`
}

/**
 * The users among the members whose ids come after `after`, at most `count`, and the last id of them. Not a join: one by
 * merging would read the directory from its beginning for each page.
 */
export function usersPage(group: string, base: string, after: string, count: number): string {
  return `SELECT string_agg(${userText(base)}, ',' ORDER BY u.id) AS text, max(u.id::text COLLATE "C") AS last
    FROM directory_user u WHERE u.team_id = $1 AND u.id = ANY (ARRAY(
      SELECT m.user_id FROM membership m WHERE m.team_id = $1 AND m.group_id = ${group} AND m.user_id > ${after}
      ORDER BY m.user_id LIMIT ${count}))`
}

type ShownGroup = {
  id: string
  doc: string
  version: number
  createdAt: Date | string
  updatedAt: Date | string
}

/** A group as SCIM shows it, as JSON text. `members`: the inside of its array, or undefined to leave it out. */
export function renderGroup(group: ShownGroup, members: string | undefined, scimBaseUrl: string): string {
  const shown = members === undefined ? '' : `"members":[${members}],`
  return `${beforeMembers(group, scimBaseUrl)}${shown}${afterMembers(group)}`
}

export function beforeMembers(group: ShownGroup, scimBaseUrl: string): string {
  return `{"id":"${group.id}","meta":{"resourceType":"Group","created":"${iso(group.createdAt)}","lastModified":"${iso(group.updatedAt)}","version":${JSON.stringify(etagOf(group.version))},"location":"${scimBaseUrl}/Groups/${group.id}"},`
}

export function afterMembers(group: ShownGroup): string {
  return group.doc.slice(1)
}

function iso(time: Date | string): string {
  return typeof time === 'string' ? time : time.toISOString()
}

export function groupName(attributes: JsonObject): string {
  return String(attributes.displayName ?? '')
}
