import { pool } from '#lib/db/pool'
import { isUuid } from '#lib/platform/ids'
import { countRows } from '../count-rows.ts'
import type { PushState } from '../push-status.ts'
import { PUSH_COLUMNS, type PushRow, pushStateOf } from './group-facts.ts'

export type GroupDetail = {
  id: string
  displayName: string
  externalId: string | undefined
  system: 'everyone' | 'owners' | undefined
  version: number
  createdAt: string
  updatedAt: string
  memberCount: number
  managedBy: { id: string; name: string; live: boolean } | undefined
  push: PushState
  lastPushAt: string | undefined
  lastPushExchangeId: string | undefined
  errorExchangeId: string | undefined
  /** Groups inside this one, and groups around it. */
  nested: { id: string; name: string; memberCount: number }[]
  within: { id: string; name: string }[]
  unresolved: {
    value: string
    display: string | undefined
    addedAt: string
    exchangeId: string | undefined
  }[]
  unresolvedCount: number
  grants: {
    roleId: string
    roleName: string
    description: string
    grantedBy: string
    byRule: string | undefined
    since: string
  }[]
}

type Row = PushRow & {
  id: string
  display_name: string
  external_id: string | null
  system: 'everyone' | 'owners' | null
  version: number
  updated_at: Date
}

/** Everything a group's page shows beside its members and its history, or undefined when the team has no such group. */
export async function groupDetail(teamId: string, id: string, now: number): Promise<GroupDetail | undefined> {
  if (!isUuid(id)) return undefined
  const where = [teamId, id]
  const [found, nested, within, unresolved, grants] = await Promise.all([
    pool().query<Row>(
      `SELECT g.id, g.display_name, g.external_id, g.system, g.version, g.updated_at, ${PUSH_COLUMNS}
       FROM directory_group g LEFT JOIN connection c ON c.team_id = g.team_id AND c.id = g.managed_by WHERE g.team_id = $1 AND g.id = $2`,
      where,
    ),
    pool().query<{ id: string; name: string; memberCount: number }>(
      `SELECT i.id, i.display_name AS name, i.member_count AS "memberCount" FROM nested_group n
       JOIN directory_group i ON i.team_id = n.team_id AND i.id = n.member_group_id WHERE n.team_id = $1 AND n.group_id = $2 ORDER BY i.name_key LIMIT 200`,
      where,
    ),
    pool().query<{ id: string; name: string }>(
      `SELECT o.id, o.display_name AS name FROM nested_group n JOIN directory_group o ON o.team_id = n.team_id AND o.id = n.group_id
       WHERE n.team_id = $1 AND n.member_group_id = $2 ORDER BY o.name_key LIMIT 200`,
      where,
    ),
    pool().query<{ value: string; display: string | null; added_at: Date; exchange_id: string | null }>(
      'SELECT value, display, added_at, exchange_id FROM unresolved_member WHERE team_id = $1 AND group_id = $2 ORDER BY added_at DESC, value LIMIT 200',
      where,
    ),
    pool().query<{
      role_id: string
      name: string
      description: string
      granted_by: string
      pattern: string | null
      created_at: Date
    }>(
      `SELECT r.id AS role_id, r.name, r.description, x.granted_by, l.pattern, x.created_at FROM role_grant x
       JOIN role r ON r.team_id = x.team_id AND r.id = x.role_id LEFT JOIN role_rule l ON l.team_id = x.team_id AND l.id = x.rule_id
       WHERE x.team_id = $1 AND x.group_id = $2 ORDER BY r.name`,
      where,
    ),
  ])
  const row = found.rows[0]
  if (!row) return undefined
  return {
    id: row.id,
    displayName: row.display_name,
    externalId: row.external_id ?? undefined,
    system: row.system ?? undefined,
    version: row.version,
    createdAt: row.created_at.toISOString(),
    updatedAt: row.updated_at.toISOString(),
    memberCount: row.system === 'everyone' ? await countRows(teamId, 'User') : row.member_count,
    managedBy: row.connection_id
      ? { id: row.connection_id, name: row.connection_name ?? '', live: row.connection_live }
      : undefined,
    push: pushStateOf(row, now),
    lastPushAt: row.last_push_at?.toISOString(),
    lastPushExchangeId: row.last_push_exchange_id ?? undefined,
    errorExchangeId: row.push_error_exchange_id ?? undefined,
    nested: nested.rows,
    within: within.rows,
    unresolved: unresolved.rows.map((each) => ({
      value: each.value,
      display: each.display ?? undefined,
      addedAt: each.added_at.toISOString(),
      exchangeId: each.exchange_id ?? undefined,
    })),
    unresolvedCount: row.unresolved_count,
    grants: grants.rows.map((each) => ({
      roleId: each.role_id,
      roleName: each.name,
      description: each.description,
      grantedBy: each.granted_by,
      byRule: each.pattern ?? undefined,
      since: each.created_at.toISOString(),
    })),
  }
}
