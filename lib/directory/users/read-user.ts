import type { Permit } from '#lib/db/permit'
import { findUser } from './find-user.ts'
import { groupsOfUsers } from './groups-of-users.ts'
import { renderUser, type UserRow } from './user-row.ts'

/** A user as SCIM shows it, with direct and indirect groups. Throws ScimError 404, and what a void permit is refused with. */
export async function readUser(
  teamId: string,
  id: string,
  scimBaseUrl: string,
  permit?: Permit,
): Promise<{ row: UserRow; text: string }> {
  const row = await findUser(teamId, id, permit)
  const groups = await groupsOfUsers(teamId, [row])
  const dates = { createdAt: row.created_at, updatedAt: row.updated_at }
  return { row, text: renderUser({ ...row, ...dates }, groups.get(row.id) ?? [], scimBaseUrl) }
}
