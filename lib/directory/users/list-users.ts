import { pool, prepared } from '#lib/db/pool'
import type { ResourceDefinition } from '#lib/scim/schema/resource-definition'
import { type ListQuery, listResources, type Page } from '../list-resources.ts'
import { userFilterTarget } from '../user-filter-target.ts'
import { uuidArray } from '../write.ts'
import { groupsOfPage, groupsOfUsers } from './groups-of-users.ts'
import { lookUpUser } from './look-up-user.ts'
import { LISTED_COLUMNS, type ListedRow, renderUser, type UserRow } from './user-row.ts'

export type ListedUser = { id: string; text: string }

/** A page of a team's users as SCIM shows them (RFC 7644 §3.4.2); deactivated ones included. */
export async function listUsers(
  teamId: string,
  query: ListQuery,
  definition: ResourceDefinition,
  scimBaseUrl: string,
): Promise<Page<ListedUser>> {
  const lookUp = await lookUpUser(teamId, query, definition)
  if (lookUp) {
    const rows = await renderFound(teamId, lookUp.rows, scimBaseUrl)
    return { rows, totalResults: rows.length, startIndex: 1, notes: lookUp.notes }
  }
  const reading = listResources<ListedRow & { list_at: number | string }, ListedUser>(
    teamId,
    {
      resource: 'User',
      alias: 'u',
      columns: LISTED_COLUMNS,
      table: 'directory_user',
      place: 'u.ctid',
      where: 'u.team_id = $1',
      params: [],
      target: userFilterTarget({ team: '$1', baseUrl: scimBaseUrl, retired: definition.retired }),
      definition,
    },
    query,
    (rows) => render(teamId, rows, scimBaseUrl),
  )
  // Beside the reading: a token is mostly good, and the next request with one that is not waits for its full check.
  const [page] = await Promise.all([reading, query.permit?.confirm()])
  return page
}

const USERS_BY_ID = `SELECT ${LISTED_COLUMNS} FROM directory_user u WHERE u.team_id = $1 AND u.id = ANY ($2::uuid[])`

/** The users with these ids, in no order; those that are gone are left out. */
export async function usersById(
  teamId: string,
  ids: readonly string[],
  scimBaseUrl: string,
): Promise<ListedUser[]> {
  if (ids.length === 0) return []
  const { rows } = await prepared<ListedRow>(pool(), 'users-by-id', USERS_BY_ID, [teamId, uuidArray(ids)])
  return render(teamId, rows, scimBaseUrl)
}

async function render(
  teamId: string,
  rows: readonly ListedRow[],
  scimBaseUrl: string,
): Promise<ListedUser[]> {
  const groups = await groupsOfPage(
    teamId,
    rows.map((row) => row.id),
  )
  return rows.map((row) => {
    const dates = { createdAt: new Date(row.created_ms), updatedAt: new Date(row.updated_ms) }
    return { id: row.id, text: renderUser({ ...row, ...dates }, groups.get(row.id) ?? [], scimBaseUrl) }
  })
}

async function renderFound(
  teamId: string,
  rows: readonly UserRow[],
  scimBaseUrl: string,
): Promise<ListedUser[]> {
  const groups = await groupsOfUsers(teamId, rows)
  return rows.map((row) => {
    const dates = { createdAt: row.created_at, updatedAt: row.updated_at }
    return { id: row.id, text: renderUser({ ...row, ...dates }, groups.get(row.id) ?? [], scimBaseUrl) }
  })
}
