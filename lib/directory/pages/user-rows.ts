import { pool } from '#lib/db/pool'
import { search } from '#lib/db/search-pool'
import { countActive, countDeactivated } from '../count-deactivated.ts'
import { countRows } from '../count-rows.ts'
import { USERS_BY_CHANGE } from '../user-filter-target.ts'
import { COUNT_LIMIT, type keysetSql, PAGE_SIZE } from './keyset.ts'
import type { UserSearch } from './user-conditions.ts'

export type Row = {
  id: string
  user_name: string
  display_name: string | null
  active: boolean
  connection_id: string | null
  connection_name: string | null
  updated_at: Date
  group_count: number
  first_groups: string[]
  sort_key: string
  /** Of a search that gathers: how many it found. */
  hits?: number
}

/** `totalIs` says what `total` is: all of them, a number that there are more than, or PostgreSQL's estimate. */
export type Total = { total: number; totalIs: 'exact' | 'more' | 'about' }

/** A page of users that is asked for: `where` holds for `values`, the keyset's own come behind them. */
export type Asked = {
  teamId: string
  wanted: UserSearch
  where: string
  values: unknown[]
  keyset: ReturnType<typeof keysetSql>
  key: string
  byTime: boolean
}

/** Hits up to which gathering and sorting them is quicker than walking in order until a page of them was met. */
const MANY = 20_000
/** So many users a walk in order looks at: where hits are many and spread, a page of them is met long before. */
const LOOKED_AT = 20_000

/** One page in the table's order, read from the index of that order. `apart`: among the bounded searches. */
export async function inOrder(asked: Asked, apart: boolean): Promise<{ rows: Row[] } & Total> {
  const { where, keyset, key } = asked
  const from = `SELECT u.id, ${key} AS key FROM ${tableOf(asked)} u WHERE ${where} AND ${keyset.condition}`
  const rows = await read(asked, from, apart)
  return { rows, ...(await totalOf(asked)) }
}

/**
 * One page of what contains a text. The index finds the hits in no order: while they are not too many they are gathered
 * once, counted and sorted. Of more, the first page is met soon by whoever walks in order, unless they all stand together
 * far behind, as people of one given name do: then they are gathered after all, within the time that a search may take.
 */
export async function byTrigrams(asked: Asked): Promise<{ rows: Row[] } & Total> {
  const { where, keyset, key, byTime } = asked
  const inTable = byTime ? 'u.updated_at' : key
  const about = await estimate(asked)
  if (about <= MANY) {
    const gathered = `SELECT u.id, ${inTable} AS key FROM directory_user u WHERE ${where} LIMIT ${MANY + 1}`
    const counted = `SELECT *, count(*) OVER () AS hits FROM (${gathered}) u`
    const from = `SELECT * FROM (${counted}) u WHERE ${keyset.condition.replaceAll(key, 'u.key')}`
    const rows = await read(asked, from, true, ', u.hits')
    const hits = rows[0]?.hits
    if (hits === undefined) return { rows, ...(keyset.values.length > 0 ? await totalOf(asked) : NOBODY) }
    if (hits <= MANY) return { rows, total: hits, totalIs: 'exact' }
  }
  const total: Total = about > MANY ? { total: about, totalIs: 'about' } : { total: MANY, totalIs: 'more' }
  const first = `SELECT *, ${key} AS key FROM ${tableOf(asked)} u WHERE u.team_id = $1 AND ${keyset.condition} ORDER BY ${keyset.order} LIMIT ${LOOKED_AT}`
  const met = await read(asked, `SELECT * FROM (${first}) u WHERE ${where}`, true)
  if (met.length > PAGE_SIZE) return { rows: met, ...total }
  const all = `SELECT u.id, ${inTable} AS key FROM directory_user u WHERE ${where} OFFSET 0`
  const rows = await read(
    asked,
    `SELECT * FROM (${all}) u WHERE ${keyset.condition.replaceAll(key, 'u.key')}`,
    true,
  )
  return { rows, ...total }
}

/** Where the order is read from. */
const tableOf = ({ byTime }: Asked) => (byTime ? USERS_BY_CHANGE : 'directory_user')

const countUsers = (teamId: string) => countRows(teamId, 'User')

const NOBODY: Total = { total: 0, totalIs: 'exact' }

/** `from` yields each user's id and key; what else is shown is looked up for those of the page alone. */
async function read(
  { teamId, values, keyset, key, byTime }: Asked,
  from: string,
  apart: boolean,
  more = '',
): Promise<Row[]> {
  const sortKey = byTime ? `to_char(u.key AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')` : 'u.key'
  const order = keyset.order.replaceAll(key, 'u.key')
  const sql = `
    WITH page AS (SELECT * FROM (${from}) u ORDER BY ${order} LIMIT ${PAGE_SIZE + 1})
    SELECT u.id, w.user_name, w.display_name, w.active, c.id AS connection_id, c.name AS connection_name, w.updated_at, ${sortKey} AS sort_key${more},
      (SELECT count(*)::int FROM membership m WHERE m.team_id = $1 AND m.user_id = u.id) AS group_count,
      ARRAY(SELECT g.display_name FROM membership m JOIN directory_group g ON g.team_id = m.team_id AND g.id = m.group_id
            WHERE m.team_id = $1 AND m.user_id = u.id ORDER BY g.display_name LIMIT 2) AS first_groups
    FROM page u JOIN directory_user w ON w.team_id = $1 AND w.id = u.id
      LEFT JOIN connection c ON c.team_id = $1 AND c.id = w.managed_by
    ORDER BY ${order}`
  const all = [...values, ...keyset.values]
  return (await (apart ? search<Row>(`${teamId} pages`, sql, all) : pool().query<Row>(sql, all))).rows
}

/** Exact where a count is kept or few match; otherwise at least COUNT_LIMIT. */
async function totalOf({ teamId, wanted, where, values }: Asked): Promise<Total> {
  const { q, status, managed } = wanted
  if (!q?.trim() && !managed) {
    const count = status === 'deactivated' ? countDeactivated : status ? countActive : countUsers
    return { total: await count(teamId), totalIs: 'exact' }
  }
  const { rows } = await search<{ total: number }>(
    `${teamId} pages`,
    `SELECT count(*) AS total FROM (SELECT 1 FROM directory_user u WHERE ${where} LIMIT ${COUNT_LIMIT + 1}) found`,
    values,
  )
  const total = rows[0]?.total ?? 0
  return total > COUNT_LIMIT ? { total: COUNT_LIMIT, totalIs: 'more' } : { total, totalIs: 'exact' }
}

/** How many rows PostgreSQL expects, from its statistics. */
async function estimate({ where, values }: Asked): Promise<number> {
  const { rows } = await pool().query<{ 'QUERY PLAN': string }>(
    `EXPLAIN (FORMAT JSON) SELECT 1 FROM directory_user u WHERE ${where}`,
    values,
  )
  const [explained] = JSON.parse(rows[0]?.['QUERY PLAN'] ?? '[]') as { Plan: { 'Plan Rows': number } }[]
  return explained?.Plan['Plan Rows'] ?? 0
}
