import { pool } from '#lib/db/pool'
import { search } from '#lib/db/search-pool'
import { countRows } from '../count-rows.ts'
import type { PushState } from '../push-status.ts'
import { countOwners } from './count-owners.ts'
import { PUSH_COLUMNS, type PushRow, pushStateOf } from './group-facts.ts'
import {
  COUNT_LIMIT,
  containsPattern,
  type KeysetPage,
  keysetPage,
  keysetSql,
  PAGE_SIZE,
  readPosition,
} from './keyset.ts'

const PUSH_CONDITIONS = {
  error: 'g.push_error_at IS NOT NULL',
  active: `g.push_error_at IS NULL AND g.managed_by IN (SELECT c.id FROM connection c WHERE c.team_id = $1 AND c.disconnected_at IS NULL)`,
  inactive: `g.managed_by IN (SELECT c.id FROM connection c WHERE c.team_id = $1 AND c.disconnected_at IS NOT NULL)`,
  unresolved: 'EXISTS (SELECT 1 FROM unresolved_member r WHERE r.team_id = $1 AND r.group_id = g.id)',
  managed: 'g.managed_by IS NOT NULL',
  unmanaged: 'g.managed_by IS NULL',
}

export type PushFilter = keyof typeof PUSH_CONDITIONS

export type GroupSearch = {
  q?: string
  /** By push status (error: its last push failed; inactive: nobody pushes it any more), by members or by who keeps it. */
  push?: PushFilter
  roleId?: string
  sort?: 'name' | '-name' | 'pushedAt' | '-pushedAt' | 'members' | '-members'
  after?: string
  before?: string
}

export type FoundGroup = {
  id: string
  displayName: string
  system: 'everyone' | 'owners' | undefined
  memberCount: number
  unresolvedCount: number
  roles: string[]
  push: PushState
  managedBy: { id: string; name: string } | undefined
  lastPushAt: string | undefined
}

export type GroupPage = KeysetPage<FoundGroup> & { total: number; totalIs: 'exact' | 'more' }

type Row = PushRow & {
  id: string
  display_name: string
  system: 'everyone' | 'owners' | null
  roles: string[]
  sort_key: string
}

const SORTS = {
  name: { key: 'g.name_key', cast: 'text', text: 'g.name_key' },
  pushedAt: {
    key: `coalesce(g.last_push_at, '-infinity')`,
    cast: 'timestamptz',
    text: `coalesce(to_char(g.last_push_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'), '-infinity')`,
  },
  members: { key: 'g.member_count', cast: 'int', text: 'g.member_count::text' },
}

/** A page of the groups table, with each group's push status. */
export async function searchGroups(teamId: string, wanted: GroupSearch, now: number): Promise<GroupPage> {
  const values: unknown[] = [teamId]
  const conditions = ['g.team_id = $1']
  const q = wanted.q?.trim()
  if (q) conditions.push(`g.name_key LIKE $${values.push(containsPattern(q))}`)
  if (wanted.push) conditions.push(PUSH_CONDITIONS[wanted.push])
  if (wanted.roleId)
    conditions.push(
      `EXISTS (SELECT 1 FROM role_grant x WHERE x.team_id = $1 AND x.group_id = g.id AND x.role_id::text = $${values.push(wanted.roleId)})`,
    )
  const position = readPosition(wanted.after, wanted.before)
  const sort = SORTS[(wanted.sort?.replace('-', '') ?? 'name') as keyof typeof SORTS] ?? SORTS.name
  const keyset = keysetSql(
    position,
    wanted.sort?.startsWith('-') ?? false,
    sort.key,
    'g.id',
    sort.cast,
    values.length + 1,
  )
  const sql = `
    SELECT g.id, g.display_name, g.system, ${PUSH_COLUMNS}, ${sort.text} AS sort_key,
      ARRAY(SELECT r.name FROM role_grant x JOIN role r ON r.team_id = x.team_id AND r.id = x.role_id WHERE x.team_id = $1 AND x.group_id = g.id ORDER BY r.name) AS roles
    FROM (SELECT * FROM directory_group g WHERE ${conditions.join(' AND ')} AND ${keyset.condition} ORDER BY ${keyset.order} LIMIT ${PAGE_SIZE + 1}) g
    LEFT JOIN connection c ON c.team_id = g.team_id AND c.id = g.managed_by
    ORDER BY ${keyset.order}`
  const { rows } = await pool().query<Row>(sql, [...values, ...keyset.values])
  const page = keysetPage(rows, PAGE_SIZE, position, (row) => [row.sort_key, row.id])
  const total = await countGroups(conditions, values)
  const shows = (system: Row['system']) => page.rows.some((row) => row.system === system)
  const everyone = shows('everyone') ? await countRows(teamId, 'User') : 0
  const owners = shows('owners') ? await countOwners(teamId) : 0
  return {
    ...page,
    rows: page.rows.map((row) => ({
      id: row.id,
      displayName: row.display_name,
      system: row.system ?? undefined,
      memberCount:
        row.system === 'everyone' ? everyone : row.member_count + (row.system === 'owners' ? owners : 0),
      unresolvedCount: row.unresolved_count,
      roles: row.roles,
      push: pushStateOf(row, now),
      managedBy: row.connection_id ? { id: row.connection_id, name: row.connection_name ?? '' } : undefined,
      lastPushAt: row.last_push_at?.toISOString(),
    })),
    total: Math.min(total, COUNT_LIMIT),
    totalIs: total > COUNT_LIMIT ? 'more' : 'exact',
  }
}

async function countGroups(conditions: string[], values: unknown[]): Promise<number> {
  const sql = `SELECT count(*) AS total FROM (SELECT 1 FROM directory_group g WHERE ${conditions.join(' AND ')} LIMIT ${COUNT_LIMIT + 1}) found`
  const { rows } = await search<{ total: number }>(`${values[0]} pages`, sql, values)
  return rows[0]?.total ?? 0
}
