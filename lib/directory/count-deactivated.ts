import { pool, prepared } from '#lib/db/pool'
import { UNCOUNTED_BLOCKS } from './blocks/fold-blocks.ts'
import { foldSoon } from './blocks/fold-soon.ts'

type Row = { counted: number; rest: number; uncounted: number }
type WholeRow = Row & { settled: number; tail: number }

/** Blocks that know their number tell it; of the others, and of what came since, the index of deactivated users does. */
const deactivatedSql = (more: string) => `
  WITH blocks AS MATERIALIZED (
    SELECT coalesce(max(upto), 0) AS horizon, coalesce(sum(rows), 0) AS rows, coalesce(sum(inactive) FILTER (WHERE inactive >= 0), 0) AS counted
    FROM directory_block WHERE team_id = $1 AND resource = 'User'
  ), ranges AS MATERIALIZED (
    SELECT block AS low, upto AS high FROM directory_block WHERE team_id = $1 AND resource = 'User' AND (inactive IS NULL OR inactive < 0)
    UNION ALL SELECT horizon, 9223372036854775807 FROM blocks
  )
  SELECT (SELECT counted FROM blocks) AS counted,
    (SELECT coalesce(sum(n), 0)::bigint FROM ranges, LATERAL (
      SELECT count(*) AS n FROM directory_user u WHERE u.team_id = $1 AND NOT u.active AND u.seq >= low AND u.seq < high) found) AS rest,
    (SELECT count(*) - 1 FROM ranges) AS uncounted${more}`

const DEACTIVATED = deactivatedSql('')
const ACTIVE = deactivatedSql(`, (SELECT rows FROM blocks) AS settled,
    (SELECT count(*) FROM directory_user u WHERE u.team_id = $1 AND u.seq >= (SELECT horizon FROM blocks)) AS tail`)

/** How many users of a team are deactivated: exactly, and without counting them one by one. */
export async function countDeactivated(teamId: string): Promise<number> {
  const { rows } = await prepared<Row>(pool(), 'count-deactivated', DEACTIVATED, [teamId])
  return deactivatedOf(teamId, rows[0] as Row)
}

/** How many are active, as exactly. */
export async function countActive(teamId: string): Promise<number> {
  const { rows } = await prepared<WholeRow>(pool(), 'count-active', ACTIVE, [teamId])
  const row = rows[0] as WholeRow
  foldSoon(teamId, 'User', row.tail)
  return row.settled + row.tail - deactivatedOf(teamId, row)
}

function deactivatedOf(teamId: string, { counted, rest, uncounted }: Row): number {
  if (uncounted > UNCOUNTED_BLOCKS) foldSoon(teamId, 'User')
  return counted + rest
}
