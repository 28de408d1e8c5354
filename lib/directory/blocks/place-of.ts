import { pool, prepared } from '#lib/db/pool'
import { type Counted, settledSql } from './block-sql.ts'
import { foldSoon } from './fold-soon.ts'

/** Where a page begins: at the row `offset` rows behind the first one whose number is at least `fromSeq`. */
export type Place = { total: number; fromSeq: number; offset: number }

type Row = { total: number; tail: number; from_seq: number; before: number }

/** $2: how many rows come before the page. The last candidate is what is not in a block yet. */
const placeSql = (resource: Counted) => `
  WITH ${settledSql(resource)}, blocks AS (
    SELECT block, rows, sum(rows) OVER (ORDER BY block) AS through FROM directory_block
    WHERE team_id = $1 AND resource = '${resource}'
  )
  SELECT settled.rows + tail.rows AS total, tail.rows AS tail, place.from_seq, place.before
  FROM settled, tail, LATERAL (
    SELECT * FROM (
      SELECT 0 AS from_seq, 0 AS before
      UNION ALL SELECT block, through - rows FROM blocks
      UNION ALL SELECT settled.horizon, settled.rows
    ) candidates WHERE before <= $2::bigint ORDER BY before DESC, from_seq DESC LIMIT 1
  ) place`

/** Finds the row number `startIndex` (counted from 1) of a team's users or groups without walking there. */
export async function placeOf(teamId: string, resource: Counted, startIndex: number): Promise<Place> {
  const before = startIndex - 1
  const values = [teamId, before]
  const { rows } = await prepared<Row>(pool(), `place-${resource}`, placeSql(resource), values)
  const found = rows[0] as Row
  foldSoon(teamId, resource, found.tail)
  return { total: found.total, fromSeq: found.from_seq, offset: before - found.before }
}
