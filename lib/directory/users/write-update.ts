import { exchangeRows, insertExchangesOf } from '#lib/activity/exchange-sql'
import { perRecorder } from '#lib/activity/recorder'
import { GatheredWrites } from '#lib/db/gathered-writes'
import { LOOKS_DEAR, plannedOnce, pool, prepared, type Queryable } from '#lib/db/pool'
import { retrying } from '#lib/db/transaction'
import { uniqueViolation } from '#lib/db/unique-violation'
import { singleton } from '#lib/platform/singleton'
import type { Write } from '../write.ts'
import { userNameTaken } from './create-user.ts'
import { USER_ROWS, USER_WRITE_COLUMNS, USER_WRITE_FROM_ROWS, USER_WRITE_TYPES } from './user-row.ts'

const WRITTEN = 6
const RECORD = WRITTEN + USER_WRITE_TYPES.length

const updateUserSql = perRecorder(
  (recorder) => `
  WITH written AS (
    UPDATE directory_user u SET version = u.version + 1, updated_at = $4, managed_by = coalesce($5, u.managed_by),
      (${USER_WRITE_COLUMNS}) = ROW (${USER_WRITE_TYPES.map((type, i) => `$${WRITTEN + i}::${type}`).join(', ')})
    WHERE u.team_id = $1 AND u.id = $2 AND u.version = $3 RETURNING u.id
  ), moved AS (
    UPDATE user_change c SET changed_at = $4 FROM written w WHERE c.team_id = $1 AND c.id = $2
  ), recorded AS (${recorder.insert(RECORD, 'FROM written')})
  SELECT count(*)::int AS written FROM written`,
)

/** Of the updated users the ids: those whose version is still what it was read as. In order, against deadlocks. */
const UPDATE_USERS = `
  WITH given AS MATERIALIZED (
    SELECT n.* FROM ${USER_ROWS.from('$2', 'n')} WHERE ${plannedOnce('$4')} ORDER BY n.id
  ), written AS (
    UPDATE directory_user u SET version = u.version + 1, updated_at = n.at, managed_by = coalesce(n.managed_by, u.managed_by),
      (${USER_WRITE_COLUMNS}) = ROW (${USER_WRITE_FROM_ROWS})
    FROM given n WHERE u.team_id = $1 AND u.id = n.id AND u.version = n.version RETURNING u.id, n.at
  ), moved AS (
    UPDATE user_change c SET changed_at = w.at FROM written w WHERE c.team_id = $1 AND c.id = w.id
  ), recorded AS (${insertExchangesOf('written', '$3')})
  SELECT id FROM written`

/** A user's next state, as it is from `at` on; `columns` are `userWriteValues`, `record` is the recorder's. */
export type NextUser = {
  write: Write
  id: string
  version: number
  at: string
  columns: unknown[]
  record: unknown[]
}

/** Updates by an identity provider are gathered, as creates are. True: written; false: another write came first. */
const updates = () =>
  singleton(
    'user-updates',
    () =>
      new GatheredWrites<NextUser, boolean>({
        // Two who take each other's name wait for each other: the one whom PostgreSQL stops finds the name taken then.
        one: (_teamId, user) => retrying(() => updateOne(pool(), user)),
        many: async (teamId, users) => {
          const { rows } = await prepared<{ id: string }>(pool(), 'update-users', UPDATE_USERS, [
            teamId,
            await USER_ROWS.parameter(
              users.map(({ write, id, version, at, columns }) => [
                id,
                version,
                at,
                write.connectionId,
                ...columns,
              ]),
            ),
            await exchangeRows(users.map(({ record }) => record)),
            LOOKS_DEAR,
          ])
          const written = new Set(rows.map(({ id }) => id))
          return users.map(({ id }) => written.has(id))
        },
      }),
  )

async function updateOne(on: Queryable, user: NextUser): Promise<boolean> {
  const { write, id, version, at, columns, record } = user
  const { rows } = await prepared<{ written: number }>(
    on,
    `update-user-${write.recorder.kind}`,
    updateUserSql(write.recorder),
    [write.teamId, id, version, at, write.connectionId, ...columns, ...record],
  )
  return rows[0]?.written === 1
}

/**
 * Writes a user's next state with its record. False when the version is not what it was read as: another write came first.
 * Throws ScimError 409 when the name is another user's.
 */
export async function writeUpdate(on: Queryable, user: NextUser, userName: string): Promise<boolean> {
  const { recorder, teamId } = user.write
  try {
    return await (on === pool() && recorder.kind === 'exchange'
      ? updates().write(teamId, user)
      : updateOne(on, user))
  } catch (cause) {
    if (uniqueViolation(cause) !== undefined) throw userNameTaken(userName)
    throw cause
  }
}
