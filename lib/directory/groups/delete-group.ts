import type { PoolClient } from 'pg'
import { inTransaction, Overtaken } from '#lib/db/transaction'
import { announce } from '#lib/live/announce'
import { isUuid } from '#lib/platform/ids'
import type { Write } from '../write.ts'
import { groupWithin } from './find-group.ts'

const DELETE_GROUP = `
  WITH ended AS (
    INSERT INTO membership_ended (team_id, id, group_id, user_id, added_at, ended_at, exchange_id)
    SELECT m.team_id, gen_random_uuid(), m.group_id, m.user_id, m.added_at, $3, $4 FROM membership m WHERE m.team_id = $1 AND m.group_id = $2
  )
  DELETE FROM directory_group WHERE team_id = $1 AND id = $2`

const PARENTS = 'SELECT n.group_id FROM nested_group n WHERE n.team_id = $1 AND n.member_group_id = $2'
const LOCK_PARENTS = `
  SELECT g.id FROM directory_group g WHERE g.team_id = $1 AND g.id IN (${PARENTS}) ORDER BY g.id FOR NO KEY UPDATE`
const LOCK_GROUP = 'SELECT 1 FROM directory_group g WHERE g.team_id = $1 AND g.id = $2 FOR UPDATE'
const LEAVE_PARENTS = `
  WITH gone AS (DELETE FROM nested_group WHERE team_id = $1 AND member_group_id = $2 RETURNING group_id)
  UPDATE directory_group g SET member_count = g.member_count - 1, version = g.version + 1, updated_at = $3
  FROM gone WHERE g.team_id = $1 AND g.id = gone.group_id`

/**
 * Deletes a group, its memberships and its role grants, in one transaction; groups that contain it lose it as a member.
 * `check` may refuse by version (412).
 */
export async function deleteGroup(
  write: Write,
  id: string,
  check: (version: number) => void = () => undefined,
): Promise<void> {
  await inTransaction(async (tx) => {
    if (isUuid(id)) await lockWithParents(tx, write.teamId, id)
    const group = await groupWithin(write.teamId, id, tx)
    check(group.version)
    await tx.query(LEAVE_PARENTS, [write.teamId, group.id, new Date(write.now)])
    await tx.query(DELETE_GROUP, [write.teamId, group.id, new Date(write.now), write.recorder.exchangeId])
    const left =
      group.member_count === 1 ? 'with its 1 membership' : `with its ${group.member_count} memberships`
    const deed = {
      action: 'group.delete',
      summary: `deleted the group ${group.display_name} ${left}`,
      resource: { type: 'Group' as const, id: group.id, name: group.display_name },
      status: 204,
    }
    await tx.query(write.recorder.insert(1, ''), write.recorder.values(deed))
  })
  write.recorder.done()
  announce(write.teamId, 'access')
}

/** Locks the groups that contain this one, then the group itself, against whoever is about to make it a member elsewhere. */
async function lockWithParents(tx: PoolClient, teamId: string, id: string): Promise<void> {
  const locked = await tx.query<{ id: string }>(LOCK_PARENTS, [teamId, id])
  await tx.query(LOCK_GROUP, [teamId, id])
  const parents = await tx.query<{ group_id: string }>(PARENTS, [teamId, id])
  const held = new Set(locked.rows.map((row) => row.id))
  if (parents.rows.some((row) => !held.has(row.group_id)))
    throw new Overtaken('another group took this one as a member meanwhile')
}
