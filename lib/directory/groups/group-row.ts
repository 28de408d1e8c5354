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
 * The users among the members, in order of their ids: a row for each `count` of them. Where each row begins is told from the
 * index alone; its users are looked up when its turn comes, so that the first row is there long before the last is made.
 */
export function usersInPieces(group: string, base: string, count: number): string {
  const members = `FROM membership m WHERE m.team_id = $1 AND m.group_id = ${group}`
  return `SELECT (SELECT string_agg(${userText(base)}, ',' ORDER BY u.id) FROM directory_user u WHERE u.team_id = $1 AND u.id = ANY (ARRAY(
      SELECT m.user_id ${members} AND m.user_id >= piece.first ORDER BY m.user_id LIMIT ${count}))) AS text
    FROM (SELECT m.user_id AS first, row_number() OVER (ORDER BY m.user_id) AS place ${members}) piece
    WHERE place % ${count} = 1 ORDER BY first`
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
