import { pool } from '#lib/db/pool'

export type ServiceUserSummary = {
  id: string
  name: string
  createdBy: string
  createdAt: string
  disabled: boolean
  lastUsedAt: string | undefined
  lastUsedIp: string | undefined
  /** The connection that it acts for, the living one first; undefined: every one has ended. */
  connection: { id: string; name: string; clientName: string | undefined } | undefined
  liveTokens: number
}

type Row = {
  id: string
  name: string
  created_by: string
  created_at: Date
  disabled_at: Date | null
  last_used_at: Date | null
  last_used_ip: string | null
  connection_id: string | null
  connection_name: string | null
  client_name: string | null
  live_tokens: number
}

/** Tokens that open something at this moment; `$2` is now. A replaced refresh token in its grace is not counted. */
const LIVE_TOKEN = `t.revoked_at IS NULL AND t.rotated_at IS NULL AND (t.expires_at IS NULL OR t.expires_at > $2)`

const LIST = `
  SELECT s.id, s.name, s.created_by, s.created_at, s.disabled_at, s.last_used_at, s.last_used_ip,
    c.id AS connection_id, c.name AS connection_name, k.name AS client_name,
    (SELECT count(*) FROM token t WHERE t.team_id = $1 AND t.service_user_id = s.id AND ${LIVE_TOKEN}) AS live_tokens
  FROM service_user s
  LEFT JOIN LATERAL (
    SELECT id, name, client_id FROM connection c
    WHERE c.team_id = $1 AND c.service_user_id = s.id AND c.disconnected_at IS NULL ORDER BY approved_at DESC LIMIT 1
  ) c ON true
  LEFT JOIN client k ON k.id = c.client_id
  WHERE s.team_id = $1 AND s.deleted_at IS NULL
  ORDER BY s.name LIMIT 500`

/** A team's service users by name. A team has few: one for each client. */
export async function listServiceUsers(teamId: string, now: number): Promise<ServiceUserSummary[]> {
  const { rows } = await pool().query<Row>(LIST, [teamId, new Date(now)])
  return rows.map((row) => ({
    id: row.id,
    name: row.name,
    createdBy: row.created_by,
    createdAt: row.created_at.toISOString(),
    disabled: row.disabled_at !== null,
    lastUsedAt: row.last_used_at?.toISOString(),
    lastUsedIp: row.last_used_ip ?? undefined,
    connection: row.connection_id
      ? {
          id: row.connection_id,
          name: row.connection_name ?? '',
          clientName: row.client_name ?? undefined,
        }
      : undefined,
    liveTokens: row.live_tokens,
  }))
}
