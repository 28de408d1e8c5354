import { orderOf, type Sort } from '../sort-sql.ts'
import type { Statement } from './page-sql.ts'
import type { Selection } from './selection.ts'

/** A row of a sorted list: its sort key as text, null where it has no value, and its number, which parts equal keys. */
export type Place = { key: string | null; seq: number }

/**
 * Statements that read on, one after the other until there are rows enough, in a sorted list: behind `place`, or before it
 * where `back`; from the very end where there is no place. Rows with a value and rows without are asked for apart, for no
 * index answers both in one condition. `list_key` is each row's own place.
 */
export function keysetSql(
  { source, where, values }: Selection,
  sort: Sort,
  back: boolean,
  place: Place | undefined,
  limit: number,
): Statement[] {
  const { alias, columns, table } = source
  const descending = sort.descending !== back
  const order = `${orderOf(sort.expression, descending)}, ${alias}.seq${back ? ' DESC' : ''}`
  return segments(sort, alias, descending, back, place).map(({ condition, params }) => {
    const all = [...values, ...sort.params]
    const start = condition(params.map((param) => `$${all.push(param)}`))
    return {
      sql: `SELECT ${columns}, ${alias}.seq AS list_at, (${sort.expression})::text AS list_key FROM (
      SELECT * FROM ${table} ${alias} WHERE ${where}${start} ORDER BY ${order} LIMIT $${all.push(limit)}
    ) ${alias} ORDER BY ${order}`,
      values: all,
    }
  })
}

type Segment = { condition: (placeholders: string[]) => string; params: unknown[] }

function segments(
  { expression, form }: Sort,
  alias: string,
  descending: boolean,
  back: boolean,
  place: Place | undefined,
): Segment[] {
  if (!place) return [{ condition: () => '', params: [] }]
  const [later, beyond] = [back ? '<' : '>', descending ? '<' : '>']
  if (place.key === null) {
    const others: Segment = {
      condition: ([seq]) => ` AND ${expression} IS NULL AND ${alias}.seq ${later} ${seq}`,
      params: [place.seq],
    }
    return descending ? [others, { condition: () => ` AND ${expression} IS NOT NULL`, params: [] }] : [others]
  }
  const behind: Segment = {
    // The first condition is what an index answers.
    condition: ([key, seq]) =>
      ` AND ${expression} ${beyond}= ${key}::${form} AND (${expression} ${beyond} ${key}::${form} OR ${alias}.seq ${later} ${seq})`,
    params: [place.key, place.seq],
  }
  return descending ? [behind] : [behind, { condition: () => ` AND ${expression} IS NULL`, params: [] }]
}
