import { pool } from '#lib/db/pool'

export type TeamMemberRow = {
  memberId: string
  name: string
  email: string
  role: string
  since: Date
  /** Asks for a code after the password. */
  twoStep: boolean
  /** Has no password: signs in through the OpenID provider alone. */
  providerOnly: boolean
  lastSeenAt: Date | null
}
export type OpenInvitation = { id: string; email: string; role: string; invitedBy: string; expiresAt: Date }

/** Who was given a role in a team, owners first, and the invitations that still wait. */
export async function listMembers(
  teamId: string,
  now: number,
): Promise<{ members: TeamMemberRow[]; invitations: OpenInvitation[] }> {
  const [members, invitations] = await Promise.all([
    pool().query<TeamMemberRow>(
      `SELECT m.id AS "memberId", m.name, m.email, t.role, t.created_at AS since, m.totp_enabled_at IS NOT NULL AS "twoStep",
         m.password_hash IS NULL AS "providerOnly",
         (SELECT max(s.last_seen_at) FROM sign_in_session s WHERE s.member_id = m.id) AS "lastSeenAt"
       FROM team_member t JOIN member m ON m.id = t.member_id WHERE t.team_id = $1
       ORDER BY array_position(ARRAY['owner', 'admin', 'reviewer'], t.role), lower(m.name), m.id`,
      [teamId],
    ),
    pool().query<OpenInvitation>(
      `SELECT id, email, role, invited_by AS "invitedBy", expires_at AS "expiresAt" FROM invitation
       WHERE team_id = $1 AND accepted_at IS NULL AND revoked_at IS NULL AND expires_at > $2
       ORDER BY created_at DESC`,
      [teamId, new Date(now)],
    ),
  ])
  return { members: members.rows, invitations: invitations.rows }
}
