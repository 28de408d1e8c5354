import { type Sort, sortedBy } from '../sort-sql.ts'
import type { Statement } from './page-sql.ts'
import type { Selection } from './selection.ts'

/** A row of a sorted list: its sort key as text, null where it has no value, and its number or id, which parts equal keys. */
export type Place = { key: string | null; at: number | string }

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
  const order = sortedBy(sort, alias, back)
  return segments(sort, alias, descending, back, place).map(({ condition, params }) => {
    const all = [...values, ...sort.params]
    const start = condition(params.map((param) => `$${all.push(param)}`))
    return {
      sql: `SELECT ${columns}, ${alias}.${sort.ties} AS list_at, (${sort.expression})::text AS list_key FROM (
      SELECT * FROM ${table} ${alias} WHERE ${where}${start} ORDER BY ${order} LIMIT $${all.push(limit)}
    ) ${alias} ORDER BY ${order}`,
      values: all,
    }
  })
}

type Segment = { condition: (placeholders: string[]) => string; params: unknown[] }

function segments(
  { expression, form, ties }: Sort,
  alias: string,
  descending: boolean,
  back: boolean,
  place: Place | undefined,
): Segment[] {
  if (!place) return [{ condition: () => '', params: [] }]
  const beyond = descending ? '<' : '>'
  const later = ties === 'id' ? beyond : back ? '<' : '>'
  if (place.key === null) {
    const others: Segment = {
      condition: ([at]) => ` AND ${expression} IS NULL AND ${alias}.${ties} ${later} ${at}`,
      params: [place.at],
    }
    return descending ? [others, { condition: () => ` AND ${expression} IS NOT NULL`, params: [] }] : [others]
  }
  const behind: Segment = {
    // The first condition is what an index answers.
    condition: ([key, at]) =>
      ` AND ${expression} ${beyond}= ${key}::${form} AND (${expression} ${beyond} ${key}::${form} OR ${alias}.${ties} ${later} ${at})`,
    params: [place.key, place.at],
  }
  return descending ? [behind] : [behind, { condition: () => ` AND ${expression} IS NULL`, params: [] }]
}
