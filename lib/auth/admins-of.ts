import { pool } from '#lib/db/pool'

/**
 * Who can help in the teams: addresses of their owners and admins, owners first. For somebody who has some access to
 * these teams, which the caller has seen.
 */
export async function adminsOf(teamIds: string[]): Promise<string[]> {
  const { rows } = await pool().query<{ email: string }>(
    `SELECT p.email FROM team_member m JOIN member p ON p.id = m.member_id
     WHERE m.team_id = ANY($1::uuid[]) AND m.role IN ('owner', 'admin') AND p.disabled_at IS NULL
     GROUP BY p.email ORDER BY min(CASE m.role WHEN 'owner' THEN 0 ELSE 1 END), p.email LIMIT 5`,
    [teamIds],
  )
  return rows.map(({ email }) => email)
}
