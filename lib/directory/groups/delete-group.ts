import { inTransaction } from '#lib/db/transaction'
import { announce } from '#lib/live/announce'
import type { Write } from '../write.ts'
import { lockGroup } from './find-group.ts'

const DELETE_GROUP = `
  WITH ended AS (
    INSERT INTO membership_ended (team_id, id, group_id, user_id, added_at, ended_at, exchange_id)
    SELECT m.team_id, gen_random_uuid(), m.group_id, m.user_id, m.added_at, $3, $4 FROM membership m WHERE m.team_id = $1 AND m.group_id = $2
  )
  DELETE FROM directory_group WHERE team_id = $1 AND id = $2`

/** Deletes a group, its memberships and its role grants, in one transaction. `check` may refuse by version (412). */
export async function deleteGroup(
  write: Write,
  id: string,
  check: (version: number) => void = () => undefined,
): Promise<void> {
  await inTransaction(async (tx) => {
    const group = await lockGroup(write.teamId, id, tx)
    check(group.version)
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
