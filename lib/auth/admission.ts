import { pool } from '#lib/db/pool'
import { emailKey } from './email.ts'
import { accessList } from './team-access.ts'

export type Admission = 'admitted' | 'deactivated' | 'unknown_person'

/**
 * Whether somebody whom the OpenID provider vouches for gets in: as a member, by what the directory gives them, or to
 * accept an invitation. Asked at sign-in and again on each request, so that a session ends when its grounds do.
 */
export async function admission(
  member: { memberId: string; email: string },
  now: number,
): Promise<Admission> {
  const { teams, deactivatedIn } = await accessList({ ...member, method: 'oidc' })
  if (teams.length > 0) return 'admitted'
  if (deactivatedIn.length > 0) return 'deactivated'
  const { rowCount } = await pool().query(
    `SELECT 1 FROM invitation
     WHERE lower(email) = $1 AND accepted_at IS NULL AND revoked_at IS NULL AND expires_at > $2 LIMIT 1`,
    [emailKey(member.email), new Date(now)],
  )
  return rowCount ? 'admitted' : 'unknown_person'
}
