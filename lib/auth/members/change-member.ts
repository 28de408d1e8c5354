import type pg from 'pg'
import { recordEvent } from '#lib/activity/record-event'
import { inTransaction } from '#lib/db/transaction'
import { announce } from '#lib/live/announce'
import { DomainError } from '#lib/platform/domain-error'
import { isUuid } from '#lib/platform/ids'
import { checkOwnerStays, lockOwners } from './lock-owners.ts'
import { checkMayGive, type MemberManager, readMemberRole } from './member-role.ts'

/**
 * Gives a member another role, or with `role` null takes them out of the team; either holds from their next request on.
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
    const owners = await lockOwners(tx, teamId)
    const person = await findMember(tx, teamId, memberId)
    if (person.role === next) return
    checkMayGive(by, person.role, next ?? '')
    if (person.role === 'owner') checkOwnerStays(owners, memberId)
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
  announce(teamId, 'sessions')
}

async function findMember(tx: pg.PoolClient, teamId: string, memberId: string) {
  const { rows } = isUuid(memberId)
    ? await tx.query<{ role: string; email: string }>(
        `SELECT t.role, m.email FROM team_member t JOIN member m ON m.id = t.member_id
         WHERE t.team_id = $1 AND t.member_id = $2`,
        [teamId, memberId],
      )
    : { rows: [] }
  if (!rows[0]) throw new DomainError('not_found', 'This person is not a member of the team any more.')
  return rows[0]
}
