import { pool } from '#lib/db/pool'

/** Who owns the team with a sign-in of their own belongs to `owners` without being a user of the directory: decision 041. */
export async function countOwners(teamId: string): Promise<number> {
  const { rows } = await pool().query<{ owners: number }>(
    `SELECT count(*)::int AS owners FROM team_member WHERE team_id = $1 AND role = 'owner'`,
    [teamId],
  )
  return rows[0]?.owners ?? 0
}
