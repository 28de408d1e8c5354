import type { Permit } from '#lib/db/permit'
import type { Note } from '#lib/scim/note'
import type { PageRequest } from '#lib/scim/pagination'
import { placeOf } from './blocks/place-of.ts'
import { byCursor } from './lists/by-cursor.ts'
import { findWalk, keepWalk } from './lists/list-walk.ts'
import { type Bound, walkSql } from './lists/page-sql.ts'
import { bounded, keptTotal, type Listed, readPage, totalOf } from './lists/read-page.ts'
import { type ListSource, type Selection, select, sortedSelection } from './lists/selection.ts'
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

/** Lists whose hits are counted one by one: a walk keeps their total for a moment. */
const BY_COUNTING = new Set(['free', 'group'])

/** How the rows of a page are made what the client sees. */
type Show<Row, Shown> = (rows: readonly Row[]) => Promise<Shown[]>

/**
 * One page of resources (RFC 7644 §3.4.2, RFC 9865). PostgreSQL filters, sorts and cuts; nothing is fetched in vain. Rows
 * are shown while the total is still on its way.
 */
export async function listResources<Row extends Listed, Shown>(
  teamId: string,
  source: ListSource,
  query: ListQuery,
  show: Show<Row, Shown>,
): Promise<Page<Shown>> {
  const selection = select(teamId, source, query.filter)
  const { notes } = selection
  const { page } = query
  if (page.kind === 'cursor') return { ...(await byCursor(selection, query, page, show)), notes }
  if (page.count === 0)
    return { rows: [], totalResults: await totalOf(selection), startIndex: page.startIndex, notes }
  const read = query.sortBy ? sorted<Row, Shown> : byIndex<Row, Shown>
  return { ...(await read(selection, query, page, show)), startIndex: page.startIndex, notes }
}

type IndexPage = { startIndex: number; count: number }
type Read<Shown> = Omit<Page<Shown>, 'notes'>

async function byIndex<Row extends Listed, Shown>(
  selection: Selection,
  query: ListQuery,
  page: IndexPage,
  show: Show<Row, Shown>,
): Promise<Read<Shown>> {
  const { teamId, reach, source } = selection
  const first = page.startIndex === 1
  const walker = query.reader && {
    teamId,
    connectionId: query.reader,
    list: selection.key,
    by: selection.order,
  }
  const walk = walker && !first && reach.kind !== 'one' ? await findWalk(walker, page.startIndex) : undefined
  // One row more tells whether there is more.
  const bound: Bound = { comparison: '>=', at: undefined, offset: page.startIndex - 1, limit: page.count + 1 }
  let known: number | undefined
  if (walk) Object.assign(bound, { comparison: '>', at: walk.after, offset: 0 })
  else if (!first && reach.kind === 'all' && source.resource) {
    const { fromSeq, offset, total } = await placeOf(teamId, source.resource, page.startIndex)
    Object.assign(bound, { at: fromSeq, offset })
    known = total
  }
  const reading = readPage<Row>(selection, bound, first)
  const showing = async () => show((await reading).rows.slice(0, page.count))
  const counting = async () => {
    const [found, kept] = await Promise.all([reading, known === undefined ? keptTotal(selection) : undefined])
    known ??= found.total ?? kept ?? (BY_COUNTING.has(reach.kind) && walk?.fresh ? walk.total : undefined)
    const counted = known === undefined || found.total !== undefined
    const total = known ?? (await totalOf(selection))
    const last = found.rows[page.count - 1]
    if (found.rows.length <= page.count || !last) return total
    const next = page.startIndex + page.count
    await query.permit?.confirm()
    if (walker) await keepWalk(walker, { index: next, after: last.list_at, total, counted })
    // There is more: whoever reads on must see it, whatever was deleted before the place they have got to.
    return Math.max(total, next)
  }
  const [rows, totalResults] = await Promise.all([showing(), counting()])
  return { rows, totalResults }
}

async function sorted<Row extends Listed, Shown>(
  selection: Selection,
  query: ListQuery,
  page: IndexPage,
  show: Show<Row, Shown>,
): Promise<Read<Shown>> {
  const { source, values, teamId } = selection
  const sort = sortToSql(
    query.sortBy ?? '',
    query.sortOrder,
    source.definition,
    source.target,
    values.length + 1,
  )
  const bound: Bound = { comparison: '>=', at: undefined, offset: page.startIndex - 1, limit: page.count }
  const [{ rows }, kept] = await Promise.all([
    bounded<Row>(teamId, walkSql(sortedSelection(selection, sort), bound, sort)),
    keptTotal(selection),
  ])
  const whole = page.startIndex === 1 && rows.length < page.count
  const [shown, totalResults] = await Promise.all([
    show(rows),
    whole ? rows.length : (kept ?? totalOf(selection)),
  ])
  return { rows: shown, totalResults }
}
