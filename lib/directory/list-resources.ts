import type { Permit } from '#lib/db/permit'
import type { Note } from '#lib/scim/note'
import type { PageRequest } from '#lib/scim/pagination'
import { placeOf } from './blocks/place-of.ts'
import { byCursor } from './lists/by-cursor.ts'
import { findWalk, keepWalk } from './lists/list-walk.ts'
import { type Bound, walkSql } from './lists/page-sql.ts'
import { bounded, keptTotal, type Listed, readPage, totalOf } from './lists/read-page.ts'
import { type ListSource, type Selection, select } from './lists/selection.ts'
import { sortToSql } from './sort-sql.ts'

/** What a client asked for: `filter`, `sortBy`, `sortOrder` as they came. */
export type ListQuery = {
  filter?: string
  sortBy?: string
  sortOrder?: string
  /** `last`: by cursor, the last page where there is no cursor yet. */
  page: PageRequest & { readonly last?: boolean }
  /** The connection that asks: its next page goes on where this one ended. */
  reader?: string
  /** What the first statement has to ask, where the right to read is only assumed. */
  permit?: Permit
}

/** Rows of one page, in a total order that does not move under concurrent writes. */
export type Page<Row> = {
  rows: Row[]
  totalResults: number
  startIndex?: number
  nextCursor?: string
  previousCursor?: string
  notes: readonly Note[]
}

/** One page of resources (RFC 7644 §3.4.2, RFC 9865). PostgreSQL filters, sorts and cuts; nothing is fetched in vain. */
export async function listResources<Row extends Listed>(
  teamId: string,
  source: ListSource,
  query: ListQuery,
): Promise<Page<Row>> {
  const selection = select(teamId, source, query.filter)
  const { notes } = selection
  const { page } = query
  if (page.kind === 'cursor') return { ...(await byCursor<Row>(selection, query, page)), notes }
  if (page.count === 0)
    return { rows: [], totalResults: await totalOf(selection), startIndex: page.startIndex, notes }
  const read = query.sortBy ? sorted<Row> : byIndex<Row>
  return { ...(await read(selection, query, page)), startIndex: page.startIndex, notes }
}

type IndexPage = { startIndex: number; count: number }
type Read<Row> = Omit<Page<Row>, 'notes'>

async function byIndex<Row extends Listed>(
  selection: Selection,
  query: ListQuery,
  page: IndexPage,
): Promise<Read<Row>> {
  const { teamId, reach, source } = selection
  const first = page.startIndex === 1
  const walker = query.reader && { teamId, connectionId: query.reader, list: selection.key }
  const walk = walker && !first && reach.kind !== 'one' ? await findWalk(walker, page.startIndex) : undefined
  // One row more tells whether there is more.
  const bound: Bound = { comparison: '>=', seq: 0, offset: page.startIndex - 1, limit: page.count + 1 }
  let known: number | undefined
  if (walk) Object.assign(bound, { comparison: '>', seq: walk.after_seq, offset: 0 })
  else if (!first && reach.kind === 'all' && source.resource) {
    const { fromSeq, offset, total } = await placeOf(teamId, source.resource, page.startIndex)
    Object.assign(bound, { seq: fromSeq, offset })
    known = total
  }
  const [found, kept] = await Promise.all([
    readPage<Row>(selection, bound, first),
    known === undefined ? keptTotal(selection) : undefined,
  ])
  const rows = found.rows.slice(0, page.count)
  const last = rows.at(-1)
  known ??= found.total ?? kept ?? (reach.kind === 'free' && walk?.fresh ? walk.total : undefined)
  const counted = known === undefined || found.total !== undefined
  const total = known ?? (await totalOf(selection))
  if (found.rows.length === rows.length || !last) return { rows, totalResults: total }
  const next = page.startIndex + rows.length
  if (walker) await keepWalk(walker, { index: next, afterSeq: last.list_seq, total, counted })
  // There is more: whoever reads on must see it, whatever was deleted before the place they have got to.
  return { rows, totalResults: Math.max(total, next) }
}

async function sorted<Row extends Listed>(
  selection: Selection,
  query: ListQuery,
  page: IndexPage,
): Promise<Read<Row>> {
  const { source, values, teamId } = selection
  const sort = sortToSql(
    query.sortBy ?? '',
    query.sortOrder,
    source.definition,
    source.target,
    values.length + 1,
  )
  const bound: Bound = { comparison: '>=', seq: 0, offset: page.startIndex - 1, limit: page.count }
  const orderBy = { sql: sort.orderBy, values: [...values, ...sort.params] }
  const [{ rows }, kept] = await Promise.all([
    bounded<Row>(teamId, walkSql(selection, bound, orderBy)),
    keptTotal(selection),
  ])
  const whole = page.startIndex === 1 && rows.length < page.count
  return { rows, totalResults: whole ? rows.length : (kept ?? (await totalOf(selection))) }
}
