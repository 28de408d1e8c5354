import { pool, prepared } from '#lib/db/pool'

const COUNT = {
  User: 'SELECT count(*) AS total FROM directory_user WHERE team_id = $1',
  Group: 'SELECT count(*) AS total FROM directory_group WHERE team_id = $1 AND system IS NULL',
}

/** How many users a team has, or how many groups beside Muster's own. */
export async function countRows(teamId: string, resource: 'User' | 'Group'): Promise<number> {
  const { rows } = await prepared<{ total: number }>(pool(), `count-${resource}`, COUNT[resource], [teamId])
  return rows[0]?.total ?? 0
}
