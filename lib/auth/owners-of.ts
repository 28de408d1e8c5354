import { pool } from '#lib/db/pool'

/** Who can help in a team: its owners' addresses, told to somebody who has some access to it, and to nobody else. */
export async function ownersOf(slug: string, memberId: string): Promise<string[]> {
  const { rows } = await pool().query<{ email: string }>(
    `SELECT p.email FROM team t JOIN team_member m ON m.team_id = t.id AND m.role = 'owner' JOIN member p ON p.id = m.member_id
     WHERE t.slug = $1 AND EXISTS (SELECT 1 FROM team_member x WHERE x.team_id = t.id AND x.member_id = $2) ORDER BY p.email LIMIT 5`,
    [slug, memberId],
  )
  return rows.map((row) => row.email)
}
