import { pool } from '#lib/db/pool'
import { search } from '#lib/db/search-pool'
import { countDeactivated } from '../count-deactivated.ts'
import { countRows } from '../count-rows.ts'
import { effectiveRoles } from '../roles/effective-roles.ts'
import {
  COUNT_LIMIT,
  containsPattern,
  type KeysetPage,
  keysetPage,
  keysetSql,
  readPosition,
} from './keyset.ts'

export type UserSearch = {
  q?: string
  status?: 'active' | 'deactivated'
  managed?: 'yes' | 'no'
  sort?: 'name' | '-name' | 'updatedAt' | '-updatedAt'
  after?: string
  before?: string
}

export type FoundUser = {
  id: string
  userName: string
  displayName: string | undefined
  active: boolean
  /** The connection that manages the user; undefined: made by hand. */
  managedBy: { id: string; name: string } | undefined
  updatedAt: string
  groupCount: number
  firstGroups: string[]
  roles: string[]
}

/** `totalIs` says what `total` is: all of them, a number that there are more than, or PostgreSQL's estimate. */
export type UserPage = KeysetPage<FoundUser> & { total: number; totalIs: 'exact' | 'more' | 'about' }

type Row = {
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
}

export const PAGE_SIZE = 50
/** Characters from which an index of trigrams finds a text in the middle of another. */
const TRIGRAM = 3
/** Hits up to which gathering and sorting them is quicker than walking in order until a page of them was met. */
const MANY = 20_000
const SHOWN_NAME = 'coalesce(u.display_name_key, u.user_name_key)'

/** A page of the users table: searched, filtered, sorted and cut by PostgreSQL, from indexes. */
export async function searchUsers(teamId: string, wanted: UserSearch): Promise<UserPage> {
  const { conditions, values, search: q } = conditionsOf(teamId, wanted)
  const position = readPosition(wanted.after, wanted.before)
  const byTime = wanted.sort?.endsWith('updatedAt') ?? false
  const key = byTime ? 'u.updated_at' : SHOWN_NAME
  const keyset = keysetSql(
    position,
    wanted.sort?.startsWith('-') ?? false,
    key,
    'u.id',
    byTime ? 'timestamptz' : 'text',
    values.length + 1,
  )
  const where = conditions.join(' AND ')
  const about = q === 'trigrams' ? await estimate(where, values) : 0
  // Few enough to gather and sort; where there are more, whoever walks in order meets them soon.
  const gather = q === 'trigrams' && about <= MANY
  const from = gather
    ? `(SELECT * FROM directory_user u WHERE ${where} OFFSET 0) u WHERE ${keyset.condition}`
    : `directory_user u WHERE ${where} AND ${keyset.condition}`
  const sql = `
    WITH page AS (
      SELECT u.id, u.user_name, u.display_name, u.active, u.managed_by, u.updated_at, ${key} AS key
      FROM ${from} ORDER BY ${keyset.order} LIMIT ${PAGE_SIZE + 1}
    )
    SELECT u.id, u.user_name, u.display_name, u.active, c.id AS connection_id, c.name AS connection_name, u.updated_at, ${byTime ? `to_char(u.key AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')` : 'u.key'} AS sort_key,
      (SELECT count(*)::int FROM membership m WHERE m.team_id = $1 AND m.user_id = u.id) AS group_count,
      ARRAY(SELECT g.display_name FROM membership m JOIN directory_group g ON g.team_id = m.team_id AND g.id = m.group_id
            WHERE m.team_id = $1 AND m.user_id = u.id ORDER BY g.display_name LIMIT 2) AS first_groups
    FROM page u LEFT JOIN connection c ON c.team_id = $1 AND c.id = u.managed_by
    ORDER BY ${keyset.order.replaceAll(key, 'u.key')}`
  const { rows } = await (q
    ? search<Row>(`${teamId} pages`, sql, [...values, ...keyset.values])
    : pool().query<Row>(sql, [...values, ...keyset.values]))
  const page = keysetPage(rows, PAGE_SIZE, position, (row) => [row.sort_key, row.id])
  const roles = await effectiveRoles(
    teamId,
    page.rows.map((row) => row.id),
  )
  return {
    ...page,
    rows: page.rows.map((row) => ({
      id: row.id,
      userName: row.user_name,
      displayName: row.display_name ?? undefined,
      active: row.active,
      managedBy: row.connection_id ? { id: row.connection_id, name: row.connection_name ?? '' } : undefined,
      updatedAt: row.updated_at.toISOString(),
      groupCount: row.group_count,
      firstGroups: row.first_groups,
      roles: (roles.get(row.id) ?? []).map((role) => role.name),
    })),
    ...(about > MANY ? { total: about, totalIs: 'about' } : await totalOf(teamId, wanted, where, values)),
  }
}

type Conditions = { conditions: string[]; values: unknown[]; search?: 'trigrams' | 'beginning' }

function conditionsOf(teamId: string, { q, status, managed }: UserSearch): Conditions {
  const values: unknown[] = [teamId]
  const conditions = ['u.team_id = $1']
  if (status) conditions.push(status === 'active' ? 'u.active' : 'NOT u.active')
  if (managed) conditions.push(managed === 'yes' ? 'u.managed_by IS NOT NULL' : 'u.managed_by IS NULL')
  const text = q?.trim()
  if (!text) return { conditions, values }
  if ([...text].length >= TRIGRAM) {
    // What stands before an @ tells people apart; the rest of it, which many share, is looked at in the rows alone.
    const at = text.indexOf('@')
    const telling = at >= TRIGRAM ? text.slice(0, at + 1) : text
    conditions.push(`u.search_text LIKE $${values.push(containsPattern(telling))}`)
    if (telling !== text) conditions.push(`(u.search_text || '') LIKE $${values.push(containsPattern(text))}`)
    return { conditions, values, search: 'trigrams' }
  }
  // No index finds one or two characters in the middle of a name: then it is its beginning that counts.
  conditions.push(`${SHOWN_NAME} LIKE $${values.push(containsPattern(text).slice(1))}`)
  return { conditions, values, search: 'beginning' }
}

/** Exact where a count is kept or few match; otherwise at least COUNT_LIMIT. */
async function totalOf(
  teamId: string,
  { q, status, managed }: UserSearch,
  where: string,
  values: unknown[],
): Promise<{ total: number; totalIs: UserPage['totalIs'] }> {
  if (!q?.trim() && !managed) {
    const deactivated = status ? await countDeactivated(teamId) : 0
    if (status === 'deactivated') return { total: deactivated, totalIs: 'exact' }
    return { total: (await countRows(teamId, 'User')) - deactivated, totalIs: 'exact' }
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
async function estimate(where: string, values: unknown[]): Promise<number> {
  const { rows } = await pool().query<{ 'QUERY PLAN': string }>(
    `EXPLAIN (FORMAT JSON) SELECT 1 FROM directory_user u WHERE ${where}`,
    values,
  )
  const [explained] = JSON.parse(rows[0]?.['QUERY PLAN'] ?? '[]') as { Plan: { 'Plan Rows': number } }[]
  return explained?.Plan['Plan Rows'] ?? 0
}
