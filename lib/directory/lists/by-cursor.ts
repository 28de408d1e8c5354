import type { CursorPosition } from '#lib/scim/cursor'
import { ScimError } from '#lib/scim/scim-error'
import { isUuid } from '../filter-predicate.ts'
import { type Sort, sortToSql } from '../sort-sql.ts'
import { keysetSql, type Place } from './keyset-sql.ts'
import type { Bound } from './page-sql.ts'
import { bounded, type Found, keptTotal, type Listed, readPage, totalOf } from './read-page.ts'
import { readCursor, writeCursor } from './sealed-cursor.ts'
import { type Selection, sortedSelection } from './selection.ts'

export type Order = { sortBy?: string; sortOrder?: string; filter?: string }
/** `cursor` undefined: the first page; `last`: the last one. */
export type CursorPage = { cursor: string | undefined; last?: boolean; count: number }
/** `key` is null where the list is not sorted. */
type Position = { back: boolean; place: Place | undefined }
type CursorRead<Shown> = {
  rows: Shown[]
  totalResults: number
  nextCursor?: string
  previousCursor?: string
}

/**
 * A page by cursor (RFC 9865), in the list's own order or, with `sortBy`, of the sort key: it goes on behind the row where
 * the last one ended, by what that row's key was then. A row whose key does not change is met once, whatever else is written.
 */
export async function byCursor<Row extends Listed, Shown>(
  selection: Selection,
  order: Order,
  page: CursorPage,
  show: (rows: readonly Row[]) => Promise<Shown[]>,
): Promise<CursorRead<Shown>> {
  const { source, values, teamId } = selection
  const sort = order.sortBy
    ? sortToSql(order.sortBy, order.sortOrder, source.definition, source.target, values.length + 1)
    : undefined
  const scope = [teamId, source.definition.name, order.filter, ...(sort ? [sort.name] : [])]
  const { back, place } = page.cursor
    ? readPosition(readCursor(page.cursor, scope), sort ? sort.ties : selection.order)
    : { back: page.last === true, place: undefined }
  if (page.count === 0) return { rows: [], totalResults: await totalOf(selection) }
  // One row more tells whether there is more.
  const limit = page.count + 1
  const [{ rows, total }, kept] = await Promise.all([
    sort
      ? readSorted<Row>(sortedSelection(selection, sort), sort, { back, place }, limit)
      : readPage<Row>(selection, boundOf({ back, place }, limit), !back && !place),
    keptTotal(selection),
  ])
  const more = rows.length > page.count
  const shown = rows.slice(0, page.count)
  if (back) shown.reverse()
  const cursor = (direction: 'forward' | 'back', row: Row | undefined) =>
    row && writeCursor([direction, row.list_at, ...(sort ? [row.list_key ?? null] : [])], scope)
  const [resources, totalResults] = await Promise.all([show(shown), total ?? kept ?? totalOf(selection)])
  return {
    rows: resources,
    totalResults,
    nextCursor: back || more ? cursor('forward', shown.at(-1)) : undefined,
    previousCursor: (back ? more : place) ? cursor('back', shown[0]) : undefined,
  }
}

function boundOf({ back, place }: Position, limit: number): Bound {
  return { comparison: back ? '<' : '>', at: place?.at, offset: 0, limit }
}

/** Mostly one statement; a second one where the page reaches into the rows with, or without, a value. */
async function readSorted<Row extends Listed>(
  selection: Selection,
  sort: Sort,
  { back, place }: Position,
  limit: number,
): Promise<Found<Row>> {
  const rows: Row[] = []
  for (const statement of keysetSql(selection, sort, back, place, limit)) {
    if (rows.length >= limit) break
    rows.push(...(await bounded<Row>(selection.teamId, statement)).rows)
  }
  return { rows: rows.slice(0, limit), total: undefined }
}

/** A cursor of an earlier version may name another kind of place. */
function readPosition([direction, at, key]: CursorPosition, order: Selection['order']): Position {
  const isId = typeof at === 'string' && isUuid(at)
  if (order === 'id' ? !isId : typeof at !== 'number')
    throw new ScimError(400, 'invalidCursor', 'The cursor is damaged; start again without it.')
  return {
    back: direction === 'back',
    place: { at: at as number | string, key: typeof key === 'string' ? key : null },
  }
}
