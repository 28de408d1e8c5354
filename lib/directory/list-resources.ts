import { hash } from 'node:crypto'
import type { QueryResult } from 'pg'
import { pool } from '#lib/db/pool'
import { SEARCH_TIMEOUT_MS, SearchTooSlow, search } from '#lib/db/search-pool'
import { type CursorPosition, decodeCursor, encodeCursor } from '#lib/scim/cursor'
import { parseFilter } from '#lib/scim/filter/parse-filter'
import { resolveFilter } from '#lib/scim/filter/resolve-filter'
import type { Note } from '#lib/scim/note'
import type { PageRequest } from '#lib/scim/pagination'
import type { ResourceDefinition } from '#lib/scim/schema/resource-definition'
import { ScimError } from '#lib/scim/scim-error'
import { filterToSql } from './filter-sql.ts'
import type { FilterTarget } from './filter-target.ts'
import { isIndexed } from './is-indexed.ts'
import { sortToSql } from './sort-sql.ts'

/** What a client asked for: `filter`, `sortBy`, `sortOrder` as they came. */
export type ListQuery = { filter?: string; sortBy?: string; sortOrder?: string; page: PageRequest }

/** Rows of one page, in a total order that does not move under concurrent writes. */
export type Page<Row> = {
  rows: Row[]
  totalResults: number
  startIndex?: number
  nextCursor?: string
  previousCursor?: string
  notes: readonly Note[]
}

/** The table that a list is read from; `$1` is the team, `$2` … are `params`. */
export type ListSource = {
  alias: 'u' | 'g' | 'r'
  columns: string
  from: string
  where: string
  params: unknown[]
  target: FilterTarget
  definition: ResourceDefinition
  /** How many rows there are without a filter. */
  count: () => Promise<number>
  /** The `seq` after which row number `startIndex` comes, found without walking there; undefined: not known. */
  seek?: (startIndex: number) => Promise<{ afterSeq: number; offset: number } | undefined>
}

const CURSOR_LIFETIME_SECONDS = 24 * 3600
/** Statements up to this length are prepared: look-ups by one or two attributes. */
const PREPARED_LENGTH = 2_000

type Seq = { list_seq: number; list_key?: string | null }

/** One page of resources (RFC 7644 §3.4.2, RFC 9865). PostgreSQL filters, sorts and cuts; nothing is fetched in vain. */
export async function listResources<Row extends Seq>(
  teamId: string,
  source: ListSource,
  query: ListQuery,
): Promise<Page<Row>> {
  const values: unknown[] = [teamId, ...source.params]
  const conditions = [source.where]
  let notes: readonly Note[] = []
  let run: Run = query.sortBy ? bounded : direct
  if (query.filter !== undefined && query.filter.trim() !== '') {
    const resolved = resolveFilter(parseFilter(query.filter), source.definition)
    const condition = filterToSql(resolved.filter, source.target, values.length + 1)
    notes = resolved.notes
    run = isIndexed(resolved.filter) ? indexed : bounded
    conditions.push(`(${condition.sql})`)
    values.push(...condition.params)
  }
  const filtered = conditions.length > 1
  return query.page.kind === 'cursor'
    ? {
        ...(await byCursor<Row>(run, teamId, source, query, query.page, conditions, values, filtered)),
        notes,
      }
    : { ...(await byIndex<Row>(run, source, query, query.page, conditions, values, filtered)), notes }
}

type Run = <Row extends object>(sql: string, values: unknown[]) => Promise<QueryResult<Row>>

async function byIndex<Row extends Seq>(
  run: Run,
  source: ListSource,
  query: ListQuery,
  page: { startIndex: number; count: number },
  conditions: string[],
  values: unknown[],
  filtered: boolean,
): Promise<Omit<Page<Row>, 'notes'>> {
  const { alias } = source
  const total = () => (filtered ? countOf(run, source, conditions, values) : source.count())
  if (page.count === 0) return { rows: [], totalResults: await total(), startIndex: page.startIndex }
  let order = `${alias}.seq`
  let offset = page.startIndex - 1
  const all = [...values]
  const where = [...conditions]
  if (query.sortBy) {
    const sort = sortToSql(query.sortBy, query.sortOrder, source.definition, source.target, all.length + 1)
    all.push(...sort.params)
    order = `${sort.orderBy}, ${order}`
  } else if (!filtered && offset > 1_000 && source.seek) {
    const found = await source.seek(page.startIndex)
    if (found) {
      all.push(found.afterSeq)
      where.push(`${alias}.seq > $${all.length}`)
      offset = found.offset
    }
  }
  all.push(offset, page.count)
  const sql = `SELECT ${source.columns}, ${alias}.seq AS list_seq FROM ${source.from} WHERE ${where.join(' AND ')} ORDER BY ${order} OFFSET $${all.length - 1} LIMIT $${all.length}`
  const { rows } = await run<Row>(sql, all)
  // A first page that is not full holds everything: the usual look-up needs no count.
  const known = page.startIndex === 1 && rows.length < page.count
  return { rows, totalResults: known ? rows.length : await total(), startIndex: page.startIndex }
}

async function byCursor<Row extends Seq>(
  run: Run,
  teamId: string,
  source: ListSource,
  query: ListQuery,
  page: { cursor: string | undefined; count: number },
  conditions: string[],
  values: unknown[],
  filtered: boolean,
): Promise<Omit<Page<Row>, 'notes'>> {
  if (query.sortBy)
    throw new ScimError(
      400,
      'invalidValue',
      'A cursor walks in the order of creation; leave sortBy out, or page with startIndex.',
    )
  const { alias } = source
  const scope = [teamId, source.definition.name, query.filter]
  const position =
    page.cursor === undefined
      ? undefined
      : readPosition(decodeCursor(page.cursor, scope, Date.now(), CURSOR_LIFETIME_SECONDS))
  const totalResults = await (filtered ? countOf(run, source, conditions, values) : source.count())
  if (page.count === 0) return { rows: [], totalResults }
  const back = position?.direction === 'back'
  const all = [...values, position?.seq ?? 0, page.count + 1]
  const bound = `${alias}.seq ${back ? '<' : '>'} $${all.length - 1}`
  const sql = `SELECT ${source.columns}, ${alias}.seq AS list_seq FROM ${source.from} WHERE ${conditions.join(' AND ')} AND ${bound} ORDER BY ${alias}.seq ${back ? 'DESC' : 'ASC'} LIMIT $${all.length}`
  const { rows } = await run<Row>(sql, all)
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

async function countOf(
  run: Run,
  source: ListSource,
  conditions: string[],
  values: unknown[],
): Promise<number> {
  const { rows } = await run<{ total: number }>(
    `SELECT count(*) AS total FROM ${source.from} WHERE ${conditions.join(' AND ')}`,
    values,
  )
  return rows[0]?.total ?? 0
}

/** Statements are prepared under a name made of their text: the shapes of lists are few. */
const direct: Run = (sql, values) =>
  pool().query({ name: `list-${hash('sha1', sql, 'base64url')}`, text: sql, values })

/** A filter that an index answers; its shape is a client's choice, so most are not worth preparing. */
const indexed: Run = (sql, values) =>
  sql.length < PREPARED_LENGTH ? direct(sql, values) : pool().query(sql, values)

/** A search that no index answers: its cost is bounded by time. */
export const bounded: Run = async (sql, values) => {
  try {
    return await search(sql, values)
  } catch (cause) {
    if (!(cause instanceof SearchTooSlow)) throw cause
    const detail = `No index answers this filter, and it took longer than ${SEARCH_TIMEOUT_MS / 1000} seconds. Narrow it by userName, externalId, id, emails.value, displayName or meta.lastModified.`
    throw new ScimError(400, 'tooMany', detail, cause)
  }
}
