import { randomBytes } from 'node:crypto'
import { recordEvent } from '#lib/activity/record-event'
import { hashToken } from '#lib/connections/token-format'
import { inTransaction } from '#lib/db/transaction'
import { DomainError } from '#lib/platform/domain-error'
import { env } from '#lib/platform/env'
import { newId } from '#lib/platform/ids'
import { emailKey, readEmail } from '../email.ts'
import { checkMayGive, type MemberManager, readMemberRole } from './member-role.ts'

export const INVITATION_DAYS = 7

/**
 * Makes a link that lets the person with this address join the team, once, within INVITATION_DAYS. A newer invitation
 * ends the one before. The link is shown once; only its hash is kept. Throws DomainError `invalid`, `forbidden`, `conflict`.
 */
export async function inviteMember(
  teamId: string,
  invited: { email: string; role: string },
  by: MemberManager,
  now: number,
): Promise<{ url: string }> {
  const email = readEmail(invited.email)
  const role = readMemberRole(invited.role)
  checkMayGive(by, role)
  const token = randomBytes(24).toString('base64url')
  await inTransaction(async (tx) => {
    const member = await tx.query(
      'SELECT 1 FROM team_member t JOIN member m ON m.id = t.member_id WHERE t.team_id = $1 AND m.email_key = $2',
      [teamId, emailKey(email)],
    )
    if (member.rowCount)
      throw new DomainError('conflict', `${email} is a member already. Change the role in the list.`, {
        field: 'email',
      })
    const at = new Date(now)
    await tx.query(
      `UPDATE invitation SET revoked_at = $3
       WHERE team_id = $1 AND lower(email) = $2 AND accepted_at IS NULL AND revoked_at IS NULL`,
      [teamId, emailKey(email), at],
    )
    await tx.query(
      `INSERT INTO invitation (team_id, id, email, role, token_hash, invited_by, created_at, expires_at)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8)`,
      [
        teamId,
        newId(),
        email,
        role,
        hashToken(token),
        by.name,
        at,
        new Date(now + INVITATION_DAYS * 24 * 60 * 60 * 1000),
      ],
    )
    await recordEvent(tx, {
      teamId,
      actor: { kind: 'member', id: by.memberId, name: by.name },
      action: 'member.invite',
      summary: `invited ${email} as ${role}`,
    })
  })
  return { url: `${env().PUBLIC_URL}/invite/${token}` }
}

/** Ends an invitation that was not accepted; one that ended already stays as it is. */
export async function revokeInvitation(
  teamId: string,
  invitationId: string,
  by: MemberManager,
  now: number,
): Promise<void> {
  await inTransaction(async (tx) => {
    const { rows } = await tx.query<{ email: string; role: string }>(
      `UPDATE invitation SET revoked_at = $3
       WHERE team_id = $1 AND id = $2 AND accepted_at IS NULL AND revoked_at IS NULL RETURNING email, role`,
      [teamId, invitationId, new Date(now)],
    )
    if (!rows[0])
      throw new DomainError('not_found', 'That invitation is no longer open: it was accepted or withdrawn.')
    checkMayGive(by, rows[0].role)
    await recordEvent(tx, {
      teamId,
      actor: { kind: 'member', id: by.memberId, name: by.name },
      action: 'member.invitation.revoke',
      summary: `withdrew the invitation of ${rows[0].email}`,
    })
  })
}
