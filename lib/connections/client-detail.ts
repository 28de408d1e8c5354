import { pool } from '#lib/db/pool'
import { isUuid } from '#lib/platform/ids'
import { type ConnectionHealth, healthOf, TIMES, type TimesRow, timesOf } from './connection-summaries.ts'
import { tokensRunningOut } from './tokens-running-out.ts'

export type ClientSecretShown = {
  id: string
  /** Its last four characters. */
  hint: string
  createdAt: string
  expiresAt: string | undefined
}
export type ClientDetail = {
  id: string
  clientId: string
  name: string
  kind: string
  confidential: boolean
  appName: string | undefined
  registeredBy: string | undefined
  createdAt: string
  disabledAt: string | undefined
  redirectUris: string[]
  /** Those that work now, the newest first. */
  secrets: ClientSecretShown[]
  connections: {
    id: string
    name: string
    serviceUserName: string
    disconnectedAt: string | undefined
    health: ConnectionHealth
  }[]
}

/** Everything a client's page shows; undefined when the team registered no such client. */
export async function clientDetail(
  teamId: string,
  id: string,
  now: number,
): Promise<ClientDetail | undefined> {
  if (!isUuid(id)) return undefined
  const [found, uris, secrets, connections, tokens] = await Promise.all([
    pool().query<ClientRow>(
      `SELECT client_id, name, kind, confidential, app_name, registered_by, created_at, disabled_at
       FROM client WHERE id = $1 AND owner_team_id = $2`,
      [id, teamId],
    ),
    pool().query<{ uri: string }>('SELECT uri FROM client_redirect_uri WHERE client_id = $1 ORDER BY uri', [
      id,
    ]),
    pool().query<{ id: string; hint: string; created_at: Date; expires_at: Date | null }>(
      `SELECT id, hint, created_at, expires_at FROM client_secret
       WHERE client_id = $1 AND (expires_at IS NULL OR expires_at > $2) ORDER BY created_at DESC, id DESC`,
      [id, new Date(now)],
    ),
    pool().query<ConnectionOfClient>(
      `SELECT c.id, c.name, s.name AS service_user_name, ${TIMES}
       FROM connection c
       JOIN service_user s ON s.team_id = c.team_id AND s.id = c.service_user_id
       WHERE c.client_id = $2 AND c.team_id = $1 ORDER BY c.disconnected_at IS NOT NULL, c.approved_at DESC LIMIT 20`,
      [teamId, id],
    ),
    tokensRunningOut({ teamId, now }),
  ])
  const row = found.rows[0]
  if (!row) return undefined
  const tokensOf = new Map(tokens.map((each) => [each.connectionId, each.state]))
  return {
    id,
    clientId: row.client_id,
    name: row.name,
    kind: row.kind,
    confidential: row.confidential,
    appName: row.app_name ?? undefined,
    registeredBy: row.registered_by ?? undefined,
    createdAt: row.created_at.toISOString(),
    disabledAt: row.disabled_at?.toISOString(),
    redirectUris: uris.rows.map(({ uri }) => uri),
    secrets: secrets.rows.map((each) => ({
      id: each.id,
      hint: each.hint,
      createdAt: each.created_at.toISOString(),
      expiresAt: each.expires_at?.toISOString(),
    })),
    connections: connections.rows.map((each) => {
      const times = timesOf(each)
      return {
        id: each.id,
        name: each.name,
        serviceUserName: each.service_user_name,
        disconnectedAt: times.disconnectedAt,
        health: healthOf(times, now, tokensOf.get(each.id)),
      }
    }),
  }
}

type ConnectionOfClient = TimesRow & { id: string; name: string; service_user_name: string }

type ClientRow = {
  client_id: string
  name: string
  kind: string
  confidential: boolean
  app_name: string | null
  registered_by: string | null
  created_at: Date
  disabled_at: Date | null
}
