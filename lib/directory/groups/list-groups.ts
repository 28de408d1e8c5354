import type { ResourceDefinition } from '#lib/scim/schema/resource-definition'
import { countRows } from '../count-rows.ts'
import { groupFilterTarget } from '../group-filter-target.ts'
import { type ListQuery, listResources, type Page } from '../list-resources.ts'
import { GROUP_COLUMNS, type GroupRow, membersText, renderGroup } from './group-row.ts'

export type ListedGroup = { id: string; text: string }

/**
 * A page of a team's groups as SCIM shows them. `withMembers` false leaves the members out, and their cost
 * (`excludedAttributes=members`, as Entra asks).
 */
export async function listGroups(
  teamId: string,
  query: ListQuery,
  definition: ResourceDefinition,
  scimBaseUrl: string,
  withMembers: boolean,
): Promise<Page<ListedGroup>> {
  const page = await listResources<GroupRow & { list_seq: number; members?: string }>(
    teamId,
    {
      alias: 'g',
      columns: withMembers
        ? `${GROUP_COLUMNS}, ${membersText('g.id', '$2::text')} AS members`
        : GROUP_COLUMNS,
      from: 'directory_group g',
      where: withMembers
        ? 'g.team_id = $1 AND g.system IS NULL'
        : 'g.team_id = $1 AND g.system IS NULL AND $2::text IS NOT NULL',
      params: [scimBaseUrl],
      target: groupFilterTarget({ team: '$1', baseUrl: scimBaseUrl }),
      definition,
      count: () => countRows(teamId, 'Group'),
    },
    query,
  )
  const rows = page.rows.map((row) => ({
    id: row.id,
    text: renderGroup(
      { ...row, createdAt: row.created_at, updatedAt: row.updated_at },
      row.members,
      scimBaseUrl,
    ),
  }))
  return { ...page, rows }
}
