import { pool } from '#lib/db/pool'
import { search } from '#lib/db/search-pool'
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

export type UserPage = KeysetPage<FoundUser> & { total: number; totalIsMore: boolean }

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

/** A page of the users table: searched, filtered, sorted and cut by PostgreSQL, from indexes. */
export async function searchUsers(teamId: string, wanted: UserSearch): Promise<UserPage> {
  const values: unknown[] = [teamId]
  const conditions = ['u.team_id = $1']
  const q = wanted.q?.trim()
  if (q) conditions.push(`u.search_text LIKE $${values.push(containsPattern(q))}`)
  if (wanted.status) conditions.push(wanted.status === 'active' ? 'u.active' : 'NOT u.active')
  if (wanted.managed)
    conditions.push(wanted.managed === 'yes' ? 'u.managed_by IS NOT NULL' : 'u.managed_by IS NULL')
  const filtered = conditions.length > 1
  const position = readPosition(wanted.after, wanted.before)
  const byTime = wanted.sort?.endsWith('updatedAt') ?? false
  const key = byTime ? 'u.updated_at' : `coalesce(u.display_name_key, u.user_name_key)`
  const keyset = keysetSql(
    position,
    wanted.sort?.startsWith('-') ?? false,
    key,
    'u.id',
    byTime ? 'timestamptz' : 'text',
    values.length + 1,
  )
  const sql = `
    WITH page AS (
      SELECT u.id, u.user_name, u.display_name, u.active, u.managed_by, u.updated_at, ${key} AS key
      FROM directory_user u WHERE ${conditions.join(' AND ')} AND ${keyset.condition} ORDER BY ${keyset.order} LIMIT ${PAGE_SIZE + 1}
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
  const total = filtered ? await countUpTo(conditions, values) : await countRows(teamId, 'User')
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
    total: Math.min(total, filtered ? COUNT_LIMIT : total),
    totalIsMore: filtered && total > COUNT_LIMIT,
  }
}

async function countUpTo(conditions: string[], values: unknown[]): Promise<number> {
  const sql = `SELECT count(*) AS total FROM (SELECT 1 FROM directory_user u WHERE ${conditions.join(' AND ')} LIMIT ${COUNT_LIMIT + 1}) found`
  const { rows } = await search<{ total: number }>(`${values[0]} pages`, sql, values)
  return rows[0]?.total ?? 0
}
