import type pg from 'pg'
import { recordEvent } from '#lib/activity/record-event'
import { hashToken } from '#lib/connections/token-format'
import { pool } from '#lib/db/pool'
import { inTransaction } from '#lib/db/transaction'
import { DomainError } from '#lib/platform/domain-error'
import { newId } from '#lib/platform/ids'
import { emailKey, readPersonName } from '../email.ts'
import { hashPassword } from '../password-hash.ts'
import { checkNewPassword } from '../password-rules.ts'
import type { SignedIn } from '../signed-in.ts'

export type Invitation = {
  email: string
  role: string
  teamName: string
  teamSlug: string
  invitedBy: string
  hasAccount: boolean
}

const OPEN = 'i.token_hash = $1 AND i.accepted_at IS NULL AND i.revoked_at IS NULL AND i.expires_at > $2'

/** What an invitation's link offers; undefined once it was used, withdrawn or ran out. */
export async function findInvitation(token: string, now: number): Promise<Invitation | undefined> {
  const { rows } = await pool().query<Invitation>(
    `SELECT i.email, i.role, t.name AS "teamName", t.slug AS "teamSlug", i.invited_by AS "invitedBy",
       EXISTS (SELECT 1 FROM member m WHERE m.email_key = lower(i.email)) AS "hasAccount"
     FROM invitation i JOIN team t ON t.id = i.team_id WHERE ${OPEN}`,
    [hashToken(token), new Date(now)],
  )
  return rows[0]
}

/**
 * Joins the team, once: the invitation's row is locked and used up in the same transaction. Who has an account must be
 * signed in to it, so that the link gives nobody somebody else's account; others choose a name and a password.
 * Throws DomainError `gone`, `invalid`, `forbidden`, `unauthenticated`.
 */
export async function acceptInvitation(
  token: string,
  as: { member: SignedIn } | { name: string; password: string },
  now: number,
): Promise<{ memberId: string; teamSlug: string }> {
  const invitation = await findInvitation(token, now)
  if (!invitation) throw gone()
  if ('member' in as && emailKey(as.member.email) !== emailKey(invitation.email))
    throw new DomainError('forbidden', `This invitation is for ${invitation.email}.`)
  if (!('member' in as)) checkNewPassword(as.password, invitation.email)
  const person =
    'member' in as
      ? undefined
      : { name: readPersonName(as.name), passwordHash: await hashPassword(as.password) }
  return inTransaction(async (tx) => {
    const { rows } = await tx.query<{ team_id: string; email: string; role: string }>(
      `UPDATE invitation i SET accepted_at = $2 WHERE ${OPEN} RETURNING i.team_id, i.email, i.role`,
      [hashToken(token), new Date(now)],
    )
    const used = rows[0]
    if (!used) throw gone()
    const memberId = 'member' in as ? as.member.memberId : await addMember(tx, used.email, person)
    await tx.query(
      'INSERT INTO team_member (team_id, member_id, role) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING',
      [used.team_id, memberId, used.role],
    )
    await recordEvent(tx, {
      teamId: used.team_id,
      actor: { kind: 'member', id: memberId, name: used.email },
      action: 'member.join',
      summary: `joined the team as ${used.role}`,
    })
    return { memberId, teamSlug: invitation.teamSlug }
  })
}

async function addMember(
  tx: pg.PoolClient,
  email: string,
  person: { name: string; passwordHash: string } | undefined,
): Promise<string> {
  const { rows } = await tx.query<{ id: string }>(
    `INSERT INTO member (id, email, email_key, name, password_hash, updated_at) VALUES ($1, $2, $3, $4, $5, now())
     ON CONFLICT (email_key) DO NOTHING RETURNING id`,
    [newId(), email, emailKey(email), person?.name, person?.passwordHash],
  )
  if (!rows[0]) throw new DomainError('unauthenticated', 'You have an account. Sign in, then join.')
  return rows[0].id
}

function gone(): DomainError {
  return new DomainError('gone', 'This invitation was used, withdrawn or ran out. Ask for a new one.')
}
