import { pool, prepared, type Queryable } from '#lib/db/pool'
import { isUuid } from '#lib/platform/ids'
import { ScimError } from '#lib/scim/scim-error'
import { USER_COLUMNS, type UserRow } from './user-row.ts'

const FIND_USER = `SELECT ${USER_COLUMNS} FROM directory_user u WHERE u.team_id = $1 AND u.id = $2`
const LOCK_USER = `${FIND_USER} FOR NO KEY UPDATE OF u`

/** The stored user. Throws ScimError 404 for an id that the team does not have, another team's included. */
export async function findUser(
  teamId: string,
  id: string,
  on: Queryable = pool(),
  lock = false,
): Promise<UserRow> {
  if (!isUuid(id)) throw noUser(id)
  const { rows } = await prepared<UserRow>(
    on,
    lock ? 'lock-user' : 'find-user',
    lock ? LOCK_USER : FIND_USER,
    [teamId, id],
  )
  if (!rows[0]) throw noUser(id)
  return rows[0]
}

export function noUser(id: string): ScimError {
  const shown = id.length > 100 ? `${id.slice(0, 100)}…` : id
  return new ScimError(
    404,
    undefined,
    `There is no user with the id ${shown} in Muster. It may have been deleted; unassign and reassign the person in Okta to create it again.`,
  )
}
