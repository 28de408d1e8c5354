import { hash } from 'node:crypto'
import type { QueryResult } from 'pg'
import { pool, prepared } from '#lib/db/pool'
import { SEARCH_TIMEOUT_MS, SearchBusy, SearchTooSlow, search } from '#lib/db/search-pool'
import { ScimError } from '#lib/scim/scim-error'
import { countActive, countDeactivated } from '../count-deactivated.ts'
import { countRows } from '../count-rows.ts'
import {
  type Bound,
  countSql,
  FEW_HITS,
  hitsSql,
  MAX_HITS,
  oneSql,
  type Statement,
  walkSql,
  weighedSql,
} from './page-sql.ts'
import type { Selection } from './selection.ts'

/** Its place in the list: its number, or its id. `list_key`: its sort key as text, where a page by cursor is sorted. */
export type Listed = { list_at: number | string; list_key?: string | null }
/** `total` undefined: finding it costs a statement of its own, `totalOf`. */
export type Found<Row> = { rows: Row[]; total: number | undefined }

/**
 * In PostgreSQL's own units. A thousand hits of an index, or ten thousand people looked through, are CHEAP: some tens of
 * milliseconds, which may run beside the look-ups. Up to GATHERABLE hits are gathered all the same, but apart.
 */
const CHEAP = 2_000
const GATHERABLE = 30_000

/** Reads one page of a selection, by the way that its filter allows. */
export async function readPage<Row extends Listed>(
  selection: Selection,
  bound: Bound,
  fromFirst: boolean,
): Promise<Found<Row>> {
  const { reach } = selection
  switch (reach.kind) {
    case 'one': {
      const { rows } = await run<Row>(oneSql(selection), reach.prepared)
      const { comparison, at, offset } = bound
      const within = ({ list_at }: Row) =>
        offset === 0 && (at === undefined || (comparison === '<' ? list_at < at : list_at > at))
      return { rows: rows.filter(within), total: rows.length }
    }
    case 'few': {
      const found = await run<Hit<Row>>(hitsSql(selection, bound, FEW_HITS), reach.prepared)
      return hitsOf(found, FEW_HITS) ?? byCost(selection, bound, fromFirst)
    }
    case 'group': {
      const hits = hitsSql(selection, bound, MAX_HITS)
      const alone = selection.branches.finds.length === 1
      const found = await bounded<Hit<Row>>(selection.teamId, hits, alone ? nameOf(hits) : undefined)
      return hitsOf(found, MAX_HITS) ?? byWalking(selection, bound, fromFirst)
    }
    case 'free':
      return byCost(selection, bound, fromFirst)
    default: {
      // Rows that are passed over are read all the same.
      if (reach.kind === 'active' && bound.offset > MAX_HITS) return byWalking(selection, bound, fromFirst)
      const { rows } = await run<Row>(walkSql(selection, bound), true)
      return { rows, total: fromFirst && rows.length < bound.limit ? rows.length : undefined }
    }
  }
}

/** The total of a list whose total is kept, and so costs the same however long it is; undefined: it is to be counted. */
export function keptTotal(selection: Selection): Promise<number> | undefined {
  const { reach, source } = selection
  return reach.kind === 'active' || (reach.kind === 'all' && source.resource) ? totalOf(selection) : undefined
}

/** How many rows a selection has: exactly. Only the number of those that a costly filter finds is counted one by one. */
export async function totalOf({ reach, source, teamId, ...rest }: Selection): Promise<number> {
  if (reach.kind === 'all' && source.resource) return countRows(teamId, source.resource)
  if (reach.kind === 'active') return reach.active ? countActive(teamId) : countDeactivated(teamId)
  const statement = countSql({ reach, source, teamId, ...rest })
  const { rows } = await (reach.kind === 'one' || reach.kind === 'all'
    ? run<{ total: number }>(statement, false)
    : bounded<{ total: number }>(teamId, statement))
  return rows[0]?.total ?? 0
}

type Hit<Row> = Row & { list_total: number }

/** Undefined: there are more than `most`. */
function hitsOf<Row extends Listed>({ rows }: QueryResult<Hit<Row>>, most: number): Found<Row> | undefined {
  const total = rows[0]?.list_total ?? 0
  return total > most ? undefined : { rows: rows.filter((row) => row.list_at !== null), total }
}

async function byCost<Row extends Listed>(
  selection: Selection,
  bound: Bound,
  fromFirst: boolean,
): Promise<Found<Row>> {
  // Of all hits: PostgreSQL takes the first of them for cheap where it expects many, and finds none in a whole table.
  const cost = await expectedCost(weighedSql(selection))
  if (cost > GATHERABLE) return byWalking(selection, bound, fromFirst)
  const hits = hitsSql(selection, bound, MAX_HITS)
  const named = selection.reach.kind === 'free' && selection.reach.prepared
  const found = await (cost > CHEAP ? bounded<Hit<Row>>(selection.teamId, hits) : run<Hit<Row>>(hits, named))
  return hitsOf(found, MAX_HITS) ?? byWalking(selection, bound, fromFirst)
}

async function byWalking<Row extends Listed>(
  selection: Selection,
  bound: Bound,
  fromFirst: boolean,
): Promise<Found<Row>> {
  const { rows } = await bounded<Row>(selection.teamId, walkSql(selection, bound))
  // The whole list was read: nothing is left to count.
  return { rows, total: fromFirst && rows.length < bound.limit ? rows.length : undefined }
}

function run<Row extends object>(statement: Statement, named: boolean): Promise<QueryResult<Row>> {
  const { sql, values } = statement
  return named ? prepared(pool(), nameOf(statement), sql, values) : pool().query<Row>(sql, values)
}

/** A prepared statement goes by a name made of its text. */
function nameOf({ sql }: Statement): string {
  return `list-${hash('sha1', sql, 'base64url')}`
}

/** PostgreSQL knows its indexes and how often values occur: its own estimate decides who runs beside the look-ups. */
async function expectedCost({ sql, values }: Statement): Promise<number> {
  const { rows } = await pool().query<{ 'QUERY PLAN': string }>(`EXPLAIN (FORMAT JSON) ${sql}`, values)
  const [explained] = JSON.parse(rows[0]?.['QUERY PLAN'] ?? '[]') as { Plan: { 'Total Cost': number } }[]
  return explained?.Plan['Total Cost'] ?? Number.POSITIVE_INFINITY
}

/** Runs what may take long apart from everything else, and says clearly when it took too long. `name`: prepared. */
export async function bounded<Row extends object>(
  teamId: string,
  { sql, values }: Statement,
  name?: string,
): Promise<QueryResult<Row>> {
  try {
    return await search(`${teamId} scim`, sql, values, name)
  } catch (cause) {
    if (cause instanceof SearchBusy)
      throw new ScimError(
        429,
        undefined,
        'Too many slow searches of this team are waiting already. Try again in a few seconds, or filter by an attribute that has an index: userName, externalId, id, emails.value, displayName, name.familyName, name.givenName, meta.lastModified or meta.created.',
        cause,
      )
    if (!(cause instanceof SearchTooSlow)) throw cause
    const detail = `No index answers this filter, and it took longer than ${SEARCH_TIMEOUT_MS / 1000} seconds. Narrow it by userName, externalId, id, emails.value, displayName or meta.lastModified.`
    throw new ScimError(400, 'tooMany', detail, cause)
  }
}
