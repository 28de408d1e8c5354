import { type CursorPosition, decodeCursor, encodeCursor } from '#lib/scim/cursor'
import type { Note } from '#lib/scim/note'
import type { PageRequest } from '#lib/scim/pagination'
import { ScimError } from '#lib/scim/scim-error'
import { placeOf } from './blocks/place-of.ts'
import { findWalk, keepWalk } from './lists/list-walk.ts'
import { type Bound, walkSql } from './lists/page-sql.ts'
import { bounded, type Found, type Listed, readPage, totalOf } from './lists/read-page.ts'
import { type ListSource, type Selection, select } from './lists/selection.ts'
import { sortToSql } from './sort-sql.ts'

/** What a client asked for: `filter`, `sortBy`, `sortOrder` as they came. */
export type ListQuery = {
  filter?: string
  sortBy?: string
  sortOrder?: string
  page: PageRequest
  /** The connection that asks: its next page goes on where this one ended. */
  reader?: string
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

const CURSOR_LIFETIME_SECONDS = 24 * 3600

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
  const found = await readPage<Row>(selection, bound, first)
  const rows = found.rows.slice(0, page.count)
  const last = rows.at(-1)
  known ??= found.total ?? (reach.kind === 'free' && walk?.fresh ? walk.total : undefined)
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
  const { rows } = await bounded<Row>(teamId, walkSql(selection, bound, orderBy))
  const whole = page.startIndex === 1 && rows.length < page.count
  return { rows, totalResults: whole ? rows.length : await totalOf(selection) }
}

async function byCursor<Row extends Listed>(
  selection: Selection,
  query: ListQuery,
  page: { cursor: string | undefined; count: number },
): Promise<Read<Row>> {
  if (query.sortBy)
    throw new ScimError(
      400,
      'invalidValue',
      'A cursor walks in the order of creation; leave sortBy out, or page with startIndex.',
    )
  const scope = [selection.teamId, selection.source.definition.name, query.filter]
  const position =
    page.cursor === undefined
      ? undefined
      : readPosition(decodeCursor(page.cursor, scope, Date.now(), CURSOR_LIFETIME_SECONDS))
  if (page.count === 0) return { rows: [], totalResults: await totalOf(selection) }
  const back = position?.direction === 'back'
  const bound: Bound = {
    comparison: back ? '<' : '>',
    seq: position?.seq ?? 0,
    offset: 0,
    limit: page.count + 1,
  }
  const { rows, total }: Found<Row> = await readPage<Row>(selection, bound, position === undefined)
  const totalResults = total ?? (await totalOf(selection))
  const more = rows.length > page.count
  const shown = rows.slice(0, page.count)
  if (back) shown.reverse()
  const cursor = (direction: 'forward' | 'back', row: Row | undefined) =>
    row && encodeCursor([direction, row.list_seq], scope, Date.now())
  const hasNext = back || more
  const hasPrevious = back ? more : position !== undefined
  return {
    rows: shown,
    totalResults,
    nextCursor: hasNext ? cursor('forward', shown.at(-1)) : undefined,
    previousCursor: hasPrevious ? cursor('back', shown[0]) : undefined,
  }
}

function readPosition(position: CursorPosition): { direction: 'forward' | 'back'; seq: number } {
  return { direction: position[0] === 'back' ? 'back' : 'forward', seq: Number(position[1]) }
}
