import { pool } from '#lib/db/pool'

export type ClientSummary = {
  id: string
  clientId: string
  name: string
  kind: string
  confidential: boolean
  registeredBy: string | undefined
  createdAt: string
  disabled: boolean
  redirectUris: number
  /** Connections that live. */
  connections: number
  /** Secrets that work now; more than one while one is being replaced. */
  liveSecrets: number
}

type Row = {
  id: string
  client_id: string
  name: string
  kind: string
  confidential: boolean
  registered_by: string | null
  created_at: Date
  disabled_at: Date | null
  redirect_uris: number
  connections: number
  live_secrets: number
}

/** The clients that a team registered, the newest first. */
export async function listClients(teamId: string, now: number): Promise<ClientSummary[]> {
  const { rows } = await pool().query<Row>(
    `SELECT k.id, k.client_id, k.name, k.kind, k.confidential, k.registered_by, k.created_at, k.disabled_at,
       (SELECT count(*) FROM client_redirect_uri u WHERE u.client_id = k.id) AS redirect_uris,
       (SELECT count(*) FROM connection c WHERE c.client_id = k.id AND c.team_id = $1 AND c.disconnected_at IS NULL) AS connections,
       (SELECT count(*) FROM client_secret x WHERE x.client_id = k.id AND (x.expires_at IS NULL OR x.expires_at > $2)) AS live_secrets
     FROM client k WHERE k.owner_team_id = $1 ORDER BY k.created_at DESC LIMIT 200`,
    [teamId, new Date(now)],
  )
  return rows.map((row) => ({
    id: row.id,
    clientId: row.client_id,
    name: row.name,
    kind: row.kind,
    confidential: row.confidential,
    registeredBy: row.registered_by ?? undefined,
    createdAt: row.created_at.toISOString(),
    disabled: row.disabled_at !== null,
    redirectUris: row.redirect_uris,
    connections: row.connections,
    liveSecrets: row.live_secrets,
  }))
}
