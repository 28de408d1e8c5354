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

/**
 * A group's members as the inside of a JSON array, written by PostgreSQL: a hundred thousand of them are text from the
 * table to the socket. `base` is a parameter with the SCIM base URL. Unresolved members are not members; pages show them.
 */
export function membersText(group: string, base: string): string {
  return `concat_ws(',',
    (SELECT string_agg('{"value":"' || m.user_id || '","$ref":"' || ${base} || '/Users/' || m.user_id || '","type":"User","display":' || to_json(coalesce(u.display_name, u.user_name))::text || '}', ',' ORDER BY m.user_id)
       FROM membership m JOIN directory_user u ON u.team_id = m.team_id AND u.id = m.user_id WHERE m.team_id = $1 AND m.group_id = ${group}),
    (SELECT string_agg('{"value":"' || n.member_group_id || '","$ref":"' || ${base} || '/Groups/' || n.member_group_id || '","type":"Group","display":' || to_json(i.display_name)::text || '}', ',' ORDER BY n.member_group_id)
       FROM nested_group n JOIN directory_group i ON i.team_id = n.team_id AND i.id = n.member_group_id WHERE n.team_id = $1 AND n.group_id = ${group}))`
}

/** A group as SCIM shows it, as JSON text. `members`: the inside of its array, or undefined to leave it out. */
export function renderGroup(
  group: { id: string; doc: string; version: number; createdAt: Date | string; updatedAt: Date | string },
  members: string | undefined,
  scimBaseUrl: string,
): string {
  const shown = members === undefined ? '' : `"members":[${members}],`
  return `{"id":"${group.id}","meta":{"resourceType":"Group","created":"${iso(group.createdAt)}","lastModified":"${iso(group.updatedAt)}","version":${JSON.stringify(etagOf(group.version))},"location":"${scimBaseUrl}/Groups/${group.id}"},${shown}${group.doc.slice(1)}`
}

function iso(time: Date | string): string {
  return typeof time === 'string' ? time : time.toISOString()
}

export function groupName(attributes: JsonObject): string {
  return String(attributes.displayName ?? '')
}
