import { type Permit, permitOf } from '#lib/db/permit'
import { PermittedReads } from '#lib/db/permitted-reads'
import { anyOf, LOOKS_DEAR, plannedOnce, pool, prepared, type Queryable } from '#lib/db/pool'
import { isUuid } from '#lib/platform/ids'
import { singleton } from '#lib/platform/singleton'
import { ScimError } from '#lib/scim/scim-error'
import { uuidArray } from '../write.ts'
import { USER_COLUMNS, type UserRow } from './user-row.ts'

/** At least one row, which is without a user when none is found. */
const FIND_USERS = `SELECT p.good, ${USER_COLUMNS} FROM (${permitOf('$3', '$4')}) p
  LEFT JOIN directory_user u ON u.team_id = $1 AND u.id ${anyOf('$2', 'uuid')} WHERE ${plannedOnce('$5')}`
const LOCK_USER = `SELECT ${USER_COLUMNS} FROM directory_user u WHERE u.team_id = $1 AND u.id = $2 FOR NO KEY UPDATE OF u`

const userReads = () =>
  singleton(
    'user-reads',
    () =>
      new PermittedReads<UserRow & { good: boolean }>(
        async (teamId, ids, tokenHash) => {
          const values = [teamId, uuidArray(ids), tokenHash, new Date().toISOString(), LOOKS_DEAR]
          return (await prepared<UserRow & { good: boolean }>(pool(), 'find-users', FIND_USERS, values)).rows
        },
        ({ id }) => id,
      ),
  )

/**
 * The stored user, as it is now; read together with others that are asked for at the same time. Throws ScimError 404 for
 * an id that the team does not have, another team's included, and what a void permit is refused with.
 */
export async function findUser(teamId: string, id: string, permit?: Permit): Promise<UserRow> {
  const row = isUuid(id) ? await userReads().read(teamId, id.toLowerCase(), permit) : undefined
  if (!row) throw noUser(id)
  return row
}

/** The same, locked until the transaction ends. */
export async function lockUser(teamId: string, id: string, tx: Queryable): Promise<UserRow> {
  if (!isUuid(id)) throw noUser(id)
  const { rows } = await prepared<UserRow>(tx, 'lock-user', LOCK_USER, [teamId, id])
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
