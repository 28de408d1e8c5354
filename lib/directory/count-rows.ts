import { pool, prepared } from '#lib/db/pool'
import { type Counted, settledSql } from './blocks/block-sql.ts'
import { foldSoon } from './blocks/fold-soon.ts'

type Row = { total: number; tail: number }
const countSql = (resource: Counted) =>
  `WITH ${settledSql(resource)} SELECT settled.rows + tail.rows AS total, tail.rows AS tail FROM settled, tail`

/** How many users a team has, or how many groups beside Muster's own: exactly, and without counting them one by one. */
export async function countRows(teamId: string, resource: Counted): Promise<number> {
  const { rows } = await prepared<Row>(pool(), `count-${resource}`, countSql(resource), [teamId])
  const { total, tail } = rows[0] as Row
  foldSoon(teamId, resource, tail)
  return total
}
