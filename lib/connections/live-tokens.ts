import { pool } from '#lib/db/pool'

export type TokenKindShown = 'access' | 'refresh' | 'static'
export type TokenSummary = {
  id: string
  kind: TokenKindShown
  /** Its last four characters. */
  hint: string
  createdAt: string
  expiresAt: string | undefined
  lastUsed: { at: string; ip: string | undefined; userAgent: string | undefined } | undefined
}

type Row = {
  id: string
  kind: TokenKindShown
  hint: string
  created_at: Date
  expires_at: Date | null
  last_used_at: Date | null
  last_used_ip: string | null
  last_used_user_agent: string | null
}

/** The tokens of a connection, or of a service user, that open something now: those that keep it going first. */
export async function liveTokens(
  teamId: string,
  of: { connectionId: string } | { serviceUserId: string },
  now: number,
): Promise<TokenSummary[]> {
  const [column, id] =
    'connectionId' in of ? ['connection_id', of.connectionId] : ['service_user_id', of.serviceUserId]
  const { rows } = await pool().query<Row>(
    `SELECT id, kind, hint, created_at, expires_at, last_used_at, last_used_ip, last_used_user_agent FROM token
     WHERE team_id = $1 AND ${column} = $2 AND revoked_at IS NULL AND rotated_at IS NULL
       AND (expires_at IS NULL OR expires_at > $3)
     ORDER BY kind = 'access', created_at DESC LIMIT 50`,
    [teamId, id, new Date(now)],
  )
  return rows.map((row) => ({
    id: row.id,
    kind: row.kind,
    hint: row.hint,
    createdAt: row.created_at.toISOString(),
    expiresAt: row.expires_at?.toISOString(),
    lastUsed: row.last_used_at
      ? {
          at: row.last_used_at.toISOString(),
          ip: row.last_used_ip ?? undefined,
          userAgent: row.last_used_user_agent ?? undefined,
        }
      : undefined,
  }))
}
