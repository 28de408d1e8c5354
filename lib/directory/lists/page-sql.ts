import type { Branches, ListSource, Selection } from './selection.ts'

/** Which rows of a selection: those behind (or, backwards, before) a number, all but the first `offset`. */
export type Bound = { comparison: '>' | '>=' | '<'; seq: number; offset: number; limit: number }
export type Statement = { sql: string; values: unknown[] }

/** So many hits are gathered from an index before they are sorted and counted; beyond, a list is read in its order. */
export const MAX_HITS = 10_000
/** And so many without asking PostgreSQL first whether they are. */
export const FEW_HITS = 1_000

/** The row that a unique index finds, or none. */
export function oneSql({ source, where, values }: Selection): Statement {
  const { alias, columns, table } = source
  return {
    sql: `SELECT ${columns}, ${alias}.seq AS list_seq FROM ${table} ${alias} WHERE ${where} LIMIT 1`,
    values,
  }
}

/**
 * A page read in the list's own order. The rows are cut before their columns are made: a row that is passed over costs
 * no look into its groups.
 */
export function walkSql(selection: Selection, bound: Bound, orderBy?: Statement): Statement {
  const { source, where, values } = selection
  const { alias, columns, table } = source
  const all = orderBy ? orderBy.values : [...values]
  const order = `${alias}.seq${bound.comparison === '<' ? ' DESC' : ''}`
  const start = bound.seq > 0 ? ` AND ${alias}.seq ${bound.comparison} $${all.push(bound.seq)}` : ''
  const [offset, limit] = [all.push(bound.offset), all.push(bound.limit)]
  const sorted = orderBy ? `${orderBy.sql}, ${order}` : order
  return {
    sql: `SELECT ${columns}, ${alias}.seq AS list_seq FROM (
      SELECT * FROM ${table} ${alias} WHERE ${where}${start} ORDER BY ${sorted} OFFSET $${offset} LIMIT $${limit}
    ) ${alias} ORDER BY ${sorted}`,
    values: all,
  }
}

/** The numbers of the rows that indexes find: of each branch one more than `most`. */
export function gatherSql({ source, branches }: Selection, most: number): Statement {
  return unionSql(source, branches, ` LIMIT ${most + 1}`)
}

/** All of them, in the form in which PostgreSQL is asked what that costs. */
export function weighedSql({ source, weighed }: Selection): Statement {
  return unionSql(source, weighed)
}

function unionSql({ alias, table }: ListSource, branches: Branches, limit = ''): Statement {
  const some = (where: string) => `SELECT ${alias}.seq FROM ${table} ${alias} WHERE ${where}${limit}`
  const sql =
    branches.where.length === 1
      ? some(branches.where[0] as string)
      : branches.where.map((where) => `(${some(where)})`).join(' UNION ')
  return { sql, values: [...branches.values] }
}

/**
 * A page and the total of what indexes find. `MATERIALIZED` keeps PostgreSQL from walking the list in its order in the
 * hope of hits. Always at least one row: `list_total` is more than `most` when the hits are too many; `list_seq` is null
 * when there is none.
 */
export function hitsSql(selection: Selection, bound: Bound, most: number): Statement {
  const { alias, columns, table } = selection.source
  const { sql: hits, values } = gatherSql(selection, most)
  const backwards = bound.comparison === '<'
  const order = backwards ? 'DESC' : 'ASC'
  const start = bound.seq > 0 ? `WHERE seq ${bound.comparison} $${values.push(bound.seq)}` : ''
  const [offset, limit] = [values.push(bound.offset), values.push(bound.limit)]
  return {
    sql: `WITH hits AS MATERIALIZED (${hits})
    SELECT counted.list_total, page.* FROM (SELECT count(*) AS list_total FROM hits) counted LEFT JOIN (
      SELECT ${columns}, ${alias}.seq AS list_seq
      FROM (SELECT seq FROM hits ${start} ORDER BY seq ${order} OFFSET $${offset} LIMIT $${limit}) hit
      JOIN ${table} ${alias} ON ${alias}.team_id = $1 AND ${alias}.seq = hit.seq
    ) page ON true ORDER BY page.list_seq ${order}`,
    values,
  }
}

export function countSql({ source, where, values }: Selection): Statement {
  return {
    sql: `SELECT count(*) AS total FROM ${source.table} ${source.alias} WHERE ${where}`,
    values,
  }
}
