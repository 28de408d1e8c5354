import type { PoolClient } from 'pg'
import { inTransaction, Overtaken } from '#lib/db/transaction'
import { announce } from '#lib/live/announce'
import { isUuid } from '#lib/platform/ids'
import type { Write } from '../write.ts'
import { lockUser, noUser } from './find-user.ts'

const GROUPS_OF_USER = `SELECT m.group_id FROM membership m WHERE m.team_id = $1 AND m.user_id = $2`
const LOCK_GROUPS = `
  SELECT g.id FROM directory_group g WHERE g.team_id = $1 AND g.id IN (${GROUPS_OF_USER}) ORDER BY g.id FOR NO KEY UPDATE`
const LOCK_USER = 'SELECT 1 FROM directory_user u WHERE u.team_id = $1 AND u.id = $2 FOR UPDATE'
const END_MEMBERSHIPS = `
  WITH gone AS (DELETE FROM membership WHERE team_id = $1 AND user_id = $2 RETURNING group_id)
  UPDATE directory_group g SET member_count = g.member_count - 1, version = g.version + 1, updated_at = $3
  FROM gone WHERE g.team_id = $1 AND g.id = gone.group_id`

const DELETE_USER = `
  WITH gone AS (DELETE FROM user_change WHERE team_id = $1 AND id = $2)
  DELETE FROM directory_user WHERE team_id = $1 AND id = $2`

/**
 * Deletes a user and ends their memberships, in one transaction (RFC 7644 §3.6). `check` may refuse by version (412).
 * The groups are locked first and in one order, as every change of membership does, so that none waits for the other.
 */
export async function deleteUser(
  write: Write,
  id: string,
  check: (version: number) => void = () => undefined,
): Promise<void> {
  if (!isUuid(id)) throw noUser(id)
  await inTransaction(async (tx) => {
    await lockWithGroups(tx, write.teamId, id)
    const user = await lockUser(write.teamId, id, tx)
    check(user.version)
    await tx.query(END_MEMBERSHIPS, [write.teamId, user.id, new Date(write.now)])
    await tx.query(DELETE_USER, [write.teamId, user.id])
    const deed = {
      action: 'user.delete',
      summary: `deleted ${user.user_name}`,
      resource: { type: 'User' as const, id: user.id, name: user.user_name },
      status: 204,
    }
    await tx.query(write.recorder.insert(1, ''), write.recorder.values(deed))
  })
  write.recorder.done()
  announce(write.teamId, 'sessions')
}

/** Locks the user and every group they are in. The user's own lock holds off whoever is about to add them elsewhere. */
async function lockWithGroups(tx: PoolClient, teamId: string, id: string): Promise<void> {
  const locked = await tx.query<{ id: string }>(LOCK_GROUPS, [teamId, id])
  await tx.query(LOCK_USER, [teamId, id])
  const groups = await tx.query<{ group_id: string }>(GROUPS_OF_USER, [teamId, id])
  const held = new Set(locked.rows.map((row) => row.id))
  if (groups.rows.some((row) => !held.has(row.group_id)))
    throw new Overtaken('the user joined another group meanwhile')
}
