import { findUser } from './find-user.ts'
import { groupsOfUsers } from './groups-of-users.ts'
import { renderUser, type UserRow } from './user-row.ts'

/** A user as SCIM shows it, with direct and indirect groups. Throws ScimError 404. */
export async function readUser(
  teamId: string,
  id: string,
  scimBaseUrl: string,
): Promise<{ row: UserRow; text: string }> {
  const row = await findUser(teamId, id)
  const groups = await groupsOfUsers(teamId, [row])
  const dates = { createdAt: row.created_at, updatedAt: row.updated_at }
  return { row, text: renderUser({ ...row, ...dates }, groups.get(row.id) ?? [], scimBaseUrl) }
}
