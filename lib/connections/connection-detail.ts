import { pool } from '#lib/db/pool'
import { isUuid } from '#lib/platform/ids'

export type TokenSummary = {
  id: string
  kind: 'access' | 'refresh' | 'static'
  hint: string
  createdAt: string
  expiresAt: string | undefined
  lastUsedAt: string | undefined
  lastUsedIp: string | undefined
}
export type ConnectionDetail = {
  id: string
  name: string
  scope: string
  client: { id: string; clientId: string; name: string } | undefined
  serviceUser: { id: string; name: string; disabled: boolean }
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
  service_user_id: string
  service_user_name: string
  disabled_at: Date | null
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

type TokenRow = {
  id: string
  kind: TokenSummary['kind']
  hint: string
  created_at: Date
  expires_at: Date | null
  last_used_at: Date | null
  last_used_ip: string | null
}

/** Everything a connection's page shows, with its live tokens; undefined when the team has no such connection. */
export async function connectionDetail(teamId: string, id: string): Promise<ConnectionDetail | undefined> {
  if (!isUuid(id)) return undefined
  const [found, tokens] = await Promise.all([
    pool().query<Row>(
      `SELECT c.id, c.name, c.scope, c.service_user_id, c.approved_by, c.approved_at, c.last_request_at, c.last_push_at,
         c.disconnected_at, c.notice, c.notice_at, k.id AS client_row_id, k.client_id, k.name AS client_name, s.name AS service_user_name, s.disabled_at, s.last_used_at, s.last_used_ip, s.last_used_user_agent
       FROM connection c JOIN service_user s ON s.team_id = c.team_id AND s.id = c.service_user_id LEFT JOIN client k ON k.id = c.client_id
       WHERE c.team_id = $1 AND c.id = $2`,
      [teamId, id],
    ),
    pool().query<TokenRow>(
      `SELECT id, kind, hint, created_at, expires_at, last_used_at, last_used_ip FROM token
       WHERE team_id = $1 AND connection_id = $2 AND revoked_at IS NULL AND rotated_at IS NULL AND (expires_at IS NULL OR expires_at > now()) ORDER BY created_at DESC LIMIT 50`,
      [teamId, id],
    ),
  ])
  const row = found.rows[0]
  if (!row) return undefined
  const iso = (time: Date | null) => time?.toISOString()
  return {
    id: row.id,
    name: row.name,
    scope: row.scope,
    client: row.client_row_id
      ? { id: row.client_row_id, clientId: row.client_id ?? '', name: row.client_name ?? '' }
      : undefined,
    serviceUser: { id: row.service_user_id, name: row.service_user_name, disabled: row.disabled_at !== null },
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
    tokens: tokens.rows.map((token) => ({
      id: token.id,
      kind: token.kind,
      hint: token.hint,
      createdAt: token.created_at.toISOString(),
      expiresAt: iso(token.expires_at),
      lastUsedAt: iso(token.last_used_at),
      lastUsedIp: token.last_used_ip ?? undefined,
    })),
  }
}
