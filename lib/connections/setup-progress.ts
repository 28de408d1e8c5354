import { pool } from '#lib/db/pool'
import { firstIdAt, isUuid } from '#lib/platform/ids'

export type SetupProgress = {
  clientId: string
  clientName: string
  /** Okta's name for the app, when it was registered from it. */
  appName: string | undefined
  connectionId: string | undefined
  serviceUserName: string | undefined
  approvedBy: string | undefined
  approvedAt: string | undefined
  testedAt: string | undefined
  firstUserAt: string | undefined
  firstGroupAt: string | undefined
  /** The last request that is known to be this client's, good or bad. */
  lastRequest: { id: string; at: string; method: string; path: string; status: number } | undefined
}

const FIND = `
  SELECT k.client_id, k.name, k.app_name, c.id, c.service_user, c.approved_by, c.approved_at, c.tested_at,
    c.first_user_at, c.first_group_at, c.last_request_at
  FROM client k
  LEFT JOIN LATERAL (
    SELECT c.*, s.name AS service_user FROM connection c
    JOIN service_user s ON s.team_id = c.team_id AND s.id = c.service_user_id
    WHERE c.team_id = $1 AND c.client_id = k.id AND c.disconnected_at IS NULL ORDER BY c.approved_at DESC LIMIT 1
  ) c ON true
  WHERE k.id = $2 AND k.owner_team_id = $1`

/** The client's own at the token endpoint, and its connection's, which are looked for from the last one known on. */
const LAST_REQUEST = `
  SELECT id, at, method, path, status FROM (
    (SELECT id, at, method, path, status FROM exchange WHERE team_id = $1 AND resource_id = $2 ORDER BY id DESC LIMIT 1)
    UNION ALL
    (SELECT id, at, method, path, status FROM exchange
     WHERE team_id = $1 AND connection_id = $3 AND id >= $4 ORDER BY id DESC LIMIT 1)
  ) found ORDER BY id DESC LIMIT 1`

/** How far the set-up of a team's client has come, as the server saw it; undefined when the team has no such client. */
export async function setupProgress(
  teamId: string,
  clientRowId: string,
  now: number,
): Promise<SetupProgress | undefined> {
  if (!isUuid(clientRowId)) return undefined
  const { rows } = await pool().query<Row>(FIND, [teamId, clientRowId])
  const row = rows[0]
  if (!row) return undefined
  const requests = await pool().query<RequestRow>(LAST_REQUEST, [
    teamId,
    clientRowId,
    row.id,
    firstIdAt(row.last_request_at?.getTime() ?? now),
  ])
  const last = requests.rows[0]
  const iso = (time: Date | null) => time?.toISOString()
  return {
    clientId: row.client_id,
    clientName: row.name,
    appName: row.app_name ?? undefined,
    connectionId: row.id ?? undefined,
    serviceUserName: row.service_user ?? undefined,
    approvedBy: row.approved_by ?? undefined,
    approvedAt: iso(row.approved_at),
    testedAt: iso(row.tested_at),
    firstUserAt: iso(row.first_user_at),
    firstGroupAt: iso(row.first_group_at),
    lastRequest: last && { ...last, at: last.at.toISOString() },
  }
}

type Row = {
  client_id: string
  name: string
  app_name: string | null
  id: string | null
  service_user: string | null
  approved_by: string | null
  approved_at: Date | null
  tested_at: Date | null
  first_user_at: Date | null
  first_group_at: Date | null
  last_request_at: Date | null
}
type RequestRow = { id: string; at: Date; method: string; path: string; status: number }
