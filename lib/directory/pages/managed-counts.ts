import { pool, prepared } from '#lib/db/pool'
import { countRows } from '../count-rows.ts'
import { COUNT_LIMIT } from './keyset.ts'

export type Managed = { users: number; usersAreMore: boolean; groups: number }
type Row = { id: string; users: number; groups: number; unmanaged: number }

const FEW = 200
const MOST_CONNECTIONS = 200

const usersSql = (connection: string, limit: number) =>
  `(SELECT count(*) FROM (SELECT 1 FROM directory_user u WHERE u.team_id = $1 AND u.managed_by = ${connection} LIMIT ${limit + 1}) found)`
const COUNT_FEW = `
  SELECT c.id, ${usersSql('c.id', FEW)} AS users,
    (SELECT count(*) FROM directory_group g WHERE g.team_id = $1 AND g.managed_by = c.id) AS groups,
    (SELECT count(*) FROM directory_user u WHERE u.team_id = $1 AND u.managed_by IS NULL) AS unmanaged
  FROM connection c WHERE c.team_id = $1 ORDER BY c.approved_at DESC LIMIT ${MOST_CONNECTIONS}`
const COUNT_MANY = `SELECT id, ${usersSql('id', COUNT_LIMIT)} AS users FROM unnest($2::uuid[]) AS id`

/**
 * How many users and groups each connection manages. The one connection that has most, which is usually the only one, has
 * whom the others leave; the others' users are counted one by one, up to COUNT_LIMIT. Where two have more than that,
 * `usersAreMore` says so.
 */
export async function managedCounts(teamId: string): Promise<Map<string, Managed>> {
  const [all, { rows }] = await Promise.all([
    countRows(teamId, 'User'),
    prepared<Row>(pool(), 'managed-few', COUNT_FEW, [teamId]),
  ])
  const complete = rows.length < MOST_CONNECTIONS
  let many = rows.filter(({ users }) => users > FEW)
  if (many.length > 1 || !complete) {
    const found = await countMany(teamId, many)
    for (const row of many) row.users = found.get(row.id) ?? 0
    many = many.filter(({ users }) => users > COUNT_LIMIT)
  }
  const few = rows.reduce((sum, row) => sum + (many.includes(row) ? 0 : row.users), 0)
  const rest = all - few - (rows[0]?.unmanaged ?? 0)
  const known = many.length === 1 && complete
  return new Map(
    rows.map((row) => {
      if (!many.includes(row)) return [row.id, { users: row.users, usersAreMore: false, groups: row.groups }]
      return [row.id, { users: known ? rest : COUNT_LIMIT, usersAreMore: !known, groups: row.groups }]
    }),
  )
}

async function countMany(teamId: string, connections: readonly Row[]): Promise<Map<string, number>> {
  const { rows } = await prepared<{ id: string; users: number }>(pool(), 'managed-many', COUNT_MANY, [
    teamId,
    connections.map(({ id }) => id),
  ])
  return new Map(rows.map(({ id, users }) => [id, users]))
}
