import type { ResourceDefinition } from '#lib/scim/schema/resource-definition'
import { countRows } from '../count-rows.ts'
import { type ListQuery, listResources, type Page } from '../list-resources.ts'
import { userFilterTarget } from '../user-filter-target.ts'
import { groupsOfUsers } from './groups-of-users.ts'
import { renderUser, USER_COLUMNS, type UserRow } from './user-row.ts'

export type ListedUser = { id: string; text: string }

/** A page of a team's users as SCIM shows them (RFC 7644 §3.4.2); deactivated ones included. */
export async function listUsers(
  teamId: string,
  query: ListQuery,
  definition: ResourceDefinition,
  scimBaseUrl: string,
): Promise<Page<ListedUser>> {
  const page = await listResources<UserRow & { list_seq: number }>(
    teamId,
    {
      alias: 'u',
      columns: USER_COLUMNS,
      from: 'directory_user u',
      where: 'u.team_id = $1',
      params: [],
      target: userFilterTarget({ team: '$1', baseUrl: scimBaseUrl }),
      definition,
      count: () => countRows(teamId, 'User'),
    },
    query,
  )
  const groups = await groupsOfUsers(teamId, page.rows)
  const rows = page.rows.map((row) => ({
    id: row.id,
    text: renderUser(
      { ...row, createdAt: row.created_at, updatedAt: row.updated_at },
      groups.get(row.id) ?? [],
      scimBaseUrl,
    ),
  }))
  return { ...page, rows }
}
