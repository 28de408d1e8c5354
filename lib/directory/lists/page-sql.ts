import { type Sort, sortedBy } from '../sort-sql.ts'
import type { Branches, Selection } from './selection.ts'

/**
 * Which rows of a selection: those behind (or, backwards, before) a place, all but the first `offset`. A place is a row's
 * number, or its id where the list goes by ids; undefined: from the beginning, or from the end.
 */
export type Bound = {
  comparison: '>' | '>=' | '<'
  at: number | string | undefined
  offset: number
  limit: number
}
export type Statement = { sql: string; values: unknown[] }

/** So many hits are gathered from an index before they are sorted and counted; beyond, a list is read in its order. */
export const MAX_HITS = 10_000
/** And so many without asking PostgreSQL first whether they are. */
export const FEW_HITS = 1_000

/** The row that a unique index finds, or none. */
export function oneSql({ source, where, values }: Selection): Statement {
  const { alias, columns, table } = source
  return {
    sql: `SELECT ${columns}, ${alias}.seq AS list_at FROM ${table} ${alias} WHERE ${where} LIMIT 1`,
    values,
  }
}

/**
 * A page read in the list's own order. The rows are cut before their columns are made: a row that is passed over costs
 * no look into its groups.
 */
export function walkSql(selection: Selection, bound: Bound, sort?: Sort): Statement {
  if (selection.order === 'id' && !sort) return walkByIdSql(selection, bound)
  const { source, where, values } = selection
  const { alias, columns, table } = source
  const all = [...values, ...(sort?.params ?? [])]
  const order = sort ? sortedBy(sort, alias) : `${alias}.seq${directionOf(bound)}`
  const start = bound.at === undefined ? '' : ` AND ${alias}.seq ${bound.comparison} $${all.push(bound.at)}`
  const [offset, limit] = [all.push(bound.offset), all.push(bound.limit)]
  return {
    sql: `SELECT ${columns}, ${alias}.seq AS list_at FROM (
      SELECT * FROM ${table} ${alias} WHERE ${where}${start} ORDER BY ${order} OFFSET $${offset} LIMIT $${limit}
    ) ${alias} ORDER BY ${order}`,
    values: all,
  }
}

function walkByIdSql({ source, branches }: Selection, bound: Bound): Statement {
  const { alias, columns, base } = source
  const values = [...branches.values]
  return {
    sql: `SELECT ${columns}, hit.at AS list_at FROM (${pageOf(`(${unionOf(branches)})`, bound, values, 'at')}) hit
    JOIN ${base} ${alias} ON ${alias}.team_id = $1 AND ${alias}.id = hit.at ORDER BY hit.at${directionOf(bound)}`,
    values,
  }
}

/** All hits of the indexes, in the form in which PostgreSQL is asked what that costs. */
export function weighedSql({ weighed }: Selection): Statement {
  return { sql: unionOf(weighed), values: weighed.values }
}

/**
 * A page and the total of what indexes find: of each branch one more than `most` at most. `MATERIALIZED` keeps PostgreSQL
 * from walking the list in its order in the hope of hits; the rows of the page are then read from where they were found.
 * Always at least one row: `list_total` is more than `most` when the hits are too many; `list_at` is null when there is none.
 */
export function hitsSql({ source, order, branches }: Selection, bound: Bound, most: number): Statement {
  const { alias, columns, base } = source
  const values = [...branches.values]
  const found = order === 'id' ? `${alias}.id = hit.at` : `${source.place} = hit.place`
  return {
    sql: `WITH hits AS MATERIALIZED (${unionOf(branches, ` LIMIT ${most + 1}`)})
    SELECT counted.list_total, page.* FROM (SELECT count(*) AS list_total FROM hits) counted LEFT JOIN (
      SELECT ${columns}, hit.at AS list_at FROM (${pageOf('hits', bound, values, '*')}) hit
      JOIN ${base} ${alias} ON ${alias}.team_id = $1 AND ${found}
    ) page ON true ORDER BY page.list_at${directionOf(bound)}`,
    values,
  }
}

export function countSql({ source, where, values, order, branches, counted }: Selection): Statement {
  if (order === 'id')
    return { sql: `SELECT count(*) AS total FROM (${unionOf(branches)}) found`, values: branches.values }
  return {
    sql: `SELECT count(*) AS total FROM ${counted} ${source.alias} WHERE ${where}`,
    values,
  }
}

function unionOf({ finds }: Branches, limit = ''): string {
  return finds.length === 1 ? `${finds[0]}${limit}` : finds.map((find) => `(${find}${limit})`).join(' UNION ')
}

/** SQL: those of `found` that a bound asks for. */
function pageOf(found: string, bound: Bound, values: unknown[], columns: string): string {
  const start = bound.at === undefined ? '' : `WHERE at ${bound.comparison} $${values.push(bound.at)}`
  const [offset, limit] = [values.push(bound.offset), values.push(bound.limit)]
  return `SELECT ${columns} FROM ${found} found ${start} ORDER BY at${directionOf(bound)} OFFSET $${offset} LIMIT $${limit}`
}

function directionOf({ comparison }: Bound): string {
  return comparison === '<' ? ' DESC' : ''
}
