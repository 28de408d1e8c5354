import { inTransaction } from '#lib/db/transaction'
import { announce } from '#lib/live/announce'
import type { Write } from '../write.ts'
import { findUser } from './find-user.ts'

const END_MEMBERSHIPS = `
  WITH gone AS (DELETE FROM membership WHERE team_id = $1 AND user_id = $2 RETURNING group_id)
  UPDATE directory_group g SET member_count = g.member_count - 1, version = g.version + 1, updated_at = $3
  FROM gone WHERE g.team_id = $1 AND g.id = gone.group_id`

/**
 * Deletes a user and ends their memberships, in one transaction (RFC 7644 §3.6). `check` may refuse by version (412).
 * The groups are locked first and in one order, as every change of membership does, so that none waits for the other.
 */
export async function deleteUser(
  write: Write,
  id: string,
  check: (version: number) => void = () => undefined,
): Promise<void> {
  await inTransaction(async (tx) => {
    await tx.query(
      `SELECT g.id FROM directory_group g WHERE g.team_id = $1 AND g.id IN (SELECT group_id FROM membership WHERE team_id = $1 AND user_id::text = $2) ORDER BY g.id FOR NO KEY UPDATE`,
      [write.teamId, id.toLowerCase()],
    )
    const user = await findUser(write.teamId, id, tx, true)
    check(user.version)
    await tx.query(END_MEMBERSHIPS, [write.teamId, user.id, new Date(write.now)])
    await tx.query('DELETE FROM directory_user WHERE team_id = $1 AND id = $2', [write.teamId, user.id])
    const deed = {
      action: 'user.delete',
      summary: `deleted ${user.user_name}`,
      resource: { type: 'User' as const, id: user.id, name: user.user_name },
      status: 204,
    }
    await tx.query(write.recorder.insert(1, ''), write.recorder.values(deed))
  })
  write.recorder.done()
  announce(write.teamId, 'access')
}
