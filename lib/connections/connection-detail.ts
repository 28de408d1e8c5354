import { pool } from '#lib/db/pool'
import { isUuid } from '#lib/platform/ids'
import { liveTokens, type TokenSummary } from './live-tokens.ts'

export type ConnectionDetail = {
  id: string
  name: string
  scope: string
  client: { id: string; clientId: string; name: string; ownerTeamId: string | undefined } | undefined
  serviceUser: { id: string; name: string; disabled: boolean; deleted: boolean }
  approvedBy: string
  approvedAt: string
  lastRequestAt: string | undefined
  lastPushAt: string | undefined
  disconnectedAt: string | undefined
  notice: { text: string; at: string } | undefined
  lastUsed: { at: string; ip: string | undefined; userAgent: string | undefined } | undefined
  tokens: TokenSummary[]
}

type Row = {
  id: string
  name: string
  scope: string
  client_row_id: string | null
  client_id: string | null
  client_name: string | null
  owner_team_id: string | null
  service_user_id: string
  service_user_name: string
  disabled_at: Date | null
  deleted_at: Date | null
  approved_by: string
  approved_at: Date
  last_request_at: Date | null
  last_push_at: Date | null
  disconnected_at: Date | null
  notice: string | null
  notice_at: Date | null
  last_used_at: Date | null
  last_used_ip: string | null
  last_used_user_agent: string | null
}

/** Everything a connection's page shows, with its live tokens; undefined when the team has no such connection. */
export async function connectionDetail(
  teamId: string,
  id: string,
  now: number,
): Promise<ConnectionDetail | undefined> {
  if (!isUuid(id)) return undefined
  const [found, tokens] = await Promise.all([
    pool().query<Row>(
      `SELECT c.id, c.name, c.scope, c.service_user_id, c.approved_by, c.approved_at, c.last_request_at, c.last_push_at,
         c.disconnected_at, c.notice, c.notice_at, k.id AS client_row_id, k.client_id, k.name AS client_name, k.owner_team_id, s.name AS service_user_name, s.disabled_at, s.deleted_at, s.last_used_at, s.last_used_ip, s.last_used_user_agent
       FROM connection c JOIN service_user s ON s.team_id = c.team_id AND s.id = c.service_user_id LEFT JOIN client k ON k.id = c.client_id
       WHERE c.team_id = $1 AND c.id = $2`,
      [teamId, id],
    ),
    liveTokens(teamId, { connectionId: id }, now),
  ])
  const row = found.rows[0]
  if (!row) return undefined
  const iso = (time: Date | null) => time?.toISOString()
  return {
    id: row.id,
    name: row.name,
    scope: row.scope,
    client: row.client_row_id
      ? {
          id: row.client_row_id,
          clientId: row.client_id ?? '',
          name: row.client_name ?? '',
          ownerTeamId: row.owner_team_id ?? undefined,
        }
      : undefined,
    serviceUser: {
      id: row.service_user_id,
      name: row.service_user_name,
      disabled: row.disabled_at !== null,
      deleted: row.deleted_at !== null,
    },
    approvedBy: row.approved_by,
    approvedAt: row.approved_at.toISOString(),
    lastRequestAt: iso(row.last_request_at),
    lastPushAt: iso(row.last_push_at),
    disconnectedAt: iso(row.disconnected_at),
    notice: row.notice && row.notice_at ? { text: row.notice, at: row.notice_at.toISOString() } : undefined,
    lastUsed: row.last_used_at
      ? {
          at: row.last_used_at.toISOString(),
          ip: row.last_used_ip ?? undefined,
          userAgent: row.last_used_user_agent ?? undefined,
        }
      : undefined,
    tokens,
  }
}
