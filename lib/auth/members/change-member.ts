import type pg from 'pg'
import { recordEvent } from '#lib/activity/record-event'
import { inTransaction } from '#lib/db/transaction'
import { DomainError } from '#lib/platform/domain-error'
import { checkMayGive, type MemberManager, readMemberRole } from './member-role.ts'

/**
 * Gives a member another role, or with `role` null takes them out of the team. The team's owners are locked first, so
 * that two owners who remove each other at once cannot leave the team without one.
 * Throws DomainError `invalid`, `not_found`, `forbidden`, `conflict` (the last owner).
 */
export async function changeMember(
  teamId: string,
  memberId: string,
  role: string | null,
  by: MemberManager,
): Promise<void> {
  const next = role === null ? null : readMemberRole(role)
  await inTransaction(async (tx) => {
    const { person, owners } = await lockMember(tx, teamId, memberId)
    if (person.role === next) return
    checkMayGive(by, person.role, next ?? '')
    if (person.role === 'owner' && owners < 2)
      throw new DomainError('conflict', 'A team needs an owner. Make somebody else owner first.')
    if (next === null)
      await tx.query('DELETE FROM team_member WHERE team_id = $1 AND member_id = $2', [teamId, memberId])
    else
      await tx.query('UPDATE team_member SET role = $3 WHERE team_id = $1 AND member_id = $2', [
        teamId,
        memberId,
        next,
      ])
    await recordEvent(tx, {
      teamId,
      actor: { kind: 'member', id: by.memberId, name: by.name },
      action: next === null ? 'member.remove' : 'member.change',
      summary: next === null ? `removed ${person.email} from the team` : `made ${person.email} ${next}`,
      resource: { type: 'Member', id: memberId, name: person.email },
      detail: { before: person.role, after: next },
    })
  })
}

async function lockMember(tx: pg.PoolClient, teamId: string, memberId: string) {
  // The team's row is the one lock that both changes of such a pair meet at.
  await tx.query('SELECT 1 FROM team WHERE id = $1 FOR UPDATE', [teamId])
  const { rows } = await tx.query<{ role: string; email: string; owners: number }>(
    `SELECT t.role, m.email,
       (SELECT count(*)::int FROM team_member o JOIN member p ON p.id = o.member_id
        WHERE o.team_id = $1 AND o.role = 'owner' AND p.disabled_at IS NULL) AS owners
     FROM team_member t JOIN member m ON m.id = t.member_id WHERE t.team_id = $1 AND t.member_id = $2`,
    [teamId, memberId],
  )
  const person = rows[0]
  if (!person) throw new DomainError('not_found', 'This person is not a member of the team any more.')
  return { person, owners: person.owners }
}
