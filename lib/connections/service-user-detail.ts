import { pool } from '#lib/db/pool'
import { isUuid } from '#lib/platform/ids'
import { liveTokens, type TokenSummary } from './live-tokens.ts'

export type ServiceUserConnection = {
  id: string
  name: string
  scope: string
  client: { id: string; clientId: string; name: string; ownerTeamId: string | undefined } | undefined
  approvedBy: string
  approvedAt: string
  disconnectedAt: string | undefined
}
export type ServiceUserDetail = {
  id: string
  name: string
  createdBy: string
  createdAt: string
  disabledAt: string | undefined
  lastUsed: { at: string; ip: string | undefined; userAgent: string | undefined } | undefined
  /** The living first, then the newest. */
  connections: ServiceUserConnection[]
  tokens: TokenSummary[]
}

/** Everything a service user's page shows; undefined when the team has no such one, or had. */
export async function serviceUserDetail(
  teamId: string,
  id: string,
  now: number,
): Promise<ServiceUserDetail | undefined> {
  if (!isUuid(id)) return undefined
  const [found, connections, tokens] = await Promise.all([
    pool().query<Row>(
      `SELECT id, name, created_by, created_at, disabled_at, last_used_at, last_used_ip, last_used_user_agent
       FROM service_user WHERE team_id = $1 AND id = $2 AND deleted_at IS NULL`,
      [teamId, id],
    ),
    pool().query<ConnectionRow>(
      `SELECT c.id, c.name, c.scope, c.approved_by, c.approved_at, c.disconnected_at,
         k.id AS client_row_id, k.client_id, k.name AS client_name, k.owner_team_id
       FROM connection c LEFT JOIN client k ON k.id = c.client_id
       WHERE c.team_id = $1 AND c.service_user_id = $2
       ORDER BY c.disconnected_at IS NOT NULL, c.approved_at DESC LIMIT 20`,
      [teamId, id],
    ),
    liveTokens(teamId, { serviceUserId: id }, now),
  ])
  const row = found.rows[0]
  if (!row) return undefined
  return {
    id: row.id,
    name: row.name,
    createdBy: row.created_by,
    createdAt: row.created_at.toISOString(),
    disabledAt: row.disabled_at?.toISOString(),
    lastUsed: row.last_used_at
      ? {
          at: row.last_used_at.toISOString(),
          ip: row.last_used_ip ?? undefined,
          userAgent: row.last_used_user_agent ?? undefined,
        }
      : undefined,
    connections: connections.rows.map((each) => ({
      id: each.id,
      name: each.name,
      scope: each.scope,
      client: each.client_row_id
        ? {
            id: each.client_row_id,
            clientId: each.client_id ?? '',
            name: each.client_name ?? '',
            ownerTeamId: each.owner_team_id ?? undefined,
          }
        : undefined,
      approvedBy: each.approved_by,
      approvedAt: each.approved_at.toISOString(),
      disconnectedAt: each.disconnected_at?.toISOString(),
    })),
    tokens,
  }
}

type Row = {
  id: string
  name: string
  created_by: string
  created_at: Date
  disabled_at: Date | null
  last_used_at: Date | null
  last_used_ip: string | null
  last_used_user_agent: string | null
}
type ConnectionRow = {
  id: string
  name: string
  scope: string
  approved_by: string
  approved_at: Date
  disconnected_at: Date | null
  client_row_id: string | null
  client_id: string | null
  client_name: string | null
  owner_team_id: string | null
}
