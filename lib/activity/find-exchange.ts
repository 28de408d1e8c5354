import { pool } from '#lib/db/pool'
import { isUuid } from '#lib/platform/ids'
import type { Change } from './exchange.ts'

export type ExchangeDetail = {
  id: string
  at: string
  kind: 'scim' | 'oauth'
  method: string
  path: string
  status: number
  durationMs: number
  connection: { id: string; name: string } | undefined
  serviceUser: { id: string; name: string } | undefined
  ip: string | undefined
  userAgent: string | undefined
  requestHeaders: Record<string, string>
  requestBody: string | undefined
  requestBytes: number
  responseBody: string | undefined
  responseBytes: number
  action: string
  summary: string
  resource: { type: string; id: string | undefined; name: string | undefined } | undefined
  errorType: string | undefined
  errorDetail: string | undefined
  changes: Change[]
  notes: string[]
}

type Row = {
  id: string
  at: Date
  kind: 'scim' | 'oauth'
  method: string
  path: string
  status: number
  duration_us: number
  connection_id: string | null
  connection_name: string | null
  service_user_id: string | null
  service_user_name: string | null
  ip: string | null
  user_agent: string | null
  request_headers: string | null
  request_body: string | null
  request_bytes: number
  response_body: string | null
  response_bytes: number
  action: string
  summary: string
  resource_type: string | null
  resource_id: string | null
  resource_name: string | null
  name_now: string | null
  error_type: string | null
  error_detail: string | null
  changes: string | null
  notes: string[]
}

/** One recorded request and its answer, or undefined when the team has no such exchange (or no longer). */
export async function findExchange(teamId: string, id: string): Promise<ExchangeDetail | undefined> {
  if (!isUuid(id)) return undefined
  const { rows } = await pool().query<Row>(
    `SELECT e.*, c.name AS connection_name, s.name AS service_user_name,
       coalesce(u.display_name, u.user_name, g.display_name) AS name_now FROM exchange e
     LEFT JOIN connection c ON c.team_id = e.team_id AND c.id = e.connection_id
     LEFT JOIN service_user s ON s.team_id = e.team_id AND s.id = e.service_user_id
     LEFT JOIN directory_user u ON e.resource_type = 'User' AND u.team_id = e.team_id AND u.id = e.resource_id
     LEFT JOIN directory_group g ON e.resource_type = 'Group' AND g.team_id = e.team_id AND g.id = e.resource_id
     WHERE e.team_id = $1 AND e.id = $2`,
    [teamId, id],
  )
  const row = rows[0]
  if (!row) return undefined
  const named = (givenId: string | null, name: string | null) =>
    givenId ? { id: givenId, name: name ?? 'removed' } : undefined
  return {
    id: row.id,
    at: row.at.toISOString(),
    kind: row.kind,
    method: row.method,
    path: row.path,
    status: row.status,
    durationMs: row.duration_us / 1000,
    connection: named(row.connection_id, row.connection_name),
    serviceUser: named(row.service_user_id, row.service_user_name),
    ip: row.ip ?? undefined,
    userAgent: row.user_agent ?? undefined,
    requestHeaders: row.request_headers ? (JSON.parse(row.request_headers) as Record<string, string>) : {},
    requestBody: row.request_body ?? undefined,
    requestBytes: row.request_bytes,
    responseBody: row.response_body ?? undefined,
    responseBytes: row.response_bytes,
    action: row.action,
    summary: row.summary,
    resource: row.resource_type
      ? {
          type: row.resource_type,
          id: row.resource_id ?? undefined,
          // What was refused was recorded by the id alone.
          name: row.resource_name ?? row.name_now ?? undefined,
        }
      : undefined,
    errorType: row.error_type ?? undefined,
    errorDetail: row.error_detail ?? undefined,
    changes: row.changes ? (JSON.parse(row.changes) as Change[]) : [],
    notes: row.notes,
  }
}
