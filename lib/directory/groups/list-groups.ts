import { pool, prepared } from '#lib/db/pool'
import type { LongText } from '#lib/platform/long-text'
import type { ResourceDefinition } from '#lib/scim/schema/resource-definition'
import { ScimError } from '#lib/scim/scim-error'
import { groupFilterTarget } from '../group-filter-target.ts'
import { type ListQuery, listResources, type Page } from '../list-resources.ts'
import { uuidArray } from '../write.ts'
import { GROUP_COLUMNS, type GroupRow, membersText, renderGroup } from './group-row.ts'
import { AT_ONCE, readGroup } from './read-group.ts'

/** `members` null: too many to be read with the others. */
type FoundGroup = GroupRow & { list_at: number; members?: string | null }

export type ListedGroup<Text extends LongText = LongText> = { id: string; text: Text }

/**
 * A page of a team's groups as SCIM shows them; one of many members in pieces, read on its own. `withMembers` false leaves the members out, and their cost
 * (`excludedAttributes=members`, as Entra asks).
 */
export async function listGroups(
  teamId: string,
  query: ListQuery,
  definition: ResourceDefinition,
  scimBaseUrl: string,
  withMembers: boolean,
): Promise<Page<ListedGroup>> {
  return listResources<FoundGroup, ListedGroup>(
    teamId,
    {
      resource: 'Group',
      alias: 'g',
      columns: withMembers
        ? `${GROUP_COLUMNS}, CASE WHEN g.member_count <= ${AT_ONCE} THEN ${membersText('g.id', '$2::text')} END AS members`
        : GROUP_COLUMNS,
      table: 'directory_group',
      place: 'g.ctid',
      // PostgreSQL refuses a parameter that a statement does not use, and the count reads no members.
      where: 'g.team_id = $1 AND g.system IS NULL AND $2::text IS NOT NULL',
      params: [scimBaseUrl],
      target: groupFilterTarget({ team: '$1', baseUrl: scimBaseUrl }),
      definition,
    },
    query,
    (rows) => show(teamId, rows, scimBaseUrl),
  )
}

async function show(
  teamId: string,
  found: readonly FoundGroup[],
  scimBaseUrl: string,
): Promise<ListedGroup[]> {
  const shown: ListedGroup[] = []
  for (const { members, ...row } of found)
    if (members !== null) shown.push(render({ ...row, members }, scimBaseUrl))
    else {
      const group = await readGroup(teamId, row.id, scimBaseUrl).catch(leftOut)
      if (group) shown.push({ id: row.id, text: group.text })
    }
  return shown
}

/** A group that was deleted since the page was read is no fault of the page. */
function leftOut(cause: unknown): undefined {
  if (!(cause instanceof ScimError && cause.status === 404)) throw cause
}

const BY_ID = 'FROM directory_group g WHERE g.team_id = $1 AND g.id = ANY ($2::uuid[]) AND g.system IS NULL'
const GROUPS_BY_ID = `SELECT ${GROUP_COLUMNS} ${BY_ID}`
const GROUPS_WITH_MEMBERS_BY_ID = `SELECT ${GROUP_COLUMNS}, ${membersText('g.id', '$3::text')} AS members ${BY_ID}`

/** The groups with these ids, in no order; those that are gone are left out. */
export async function groupsById(
  teamId: string,
  ids: readonly string[],
  scimBaseUrl: string,
  withMembers: boolean,
): Promise<ListedGroup<string>[]> {
  if (ids.length === 0) return []
  const { rows } = await (withMembers
    ? prepared<ShownRow>(pool(), 'groups-with-members-by-id', GROUPS_WITH_MEMBERS_BY_ID, [
        teamId,
        uuidArray(ids),
        scimBaseUrl,
      ])
    : prepared<ShownRow>(pool(), 'groups-by-id', GROUPS_BY_ID, [teamId, uuidArray(ids)]))
  return rows.map((row) => render(row, scimBaseUrl))
}

type ShownRow = GroupRow & { members?: string }

function render(row: ShownRow, scimBaseUrl: string): ListedGroup<string> {
  const dates = { createdAt: row.created_at, updatedAt: row.updated_at }
  return { id: row.id, text: renderGroup({ ...row, ...dates }, row.members, scimBaseUrl) }
}
