import { pool, prepared } from '#lib/db/pool'
import { firstIdAt } from '#lib/platform/ids'

/** Requests that were refused for the same reason. */
export type ErrorCause = {
  /** The newest of them. */
  exchangeId: string
  kind: 'scim' | 'oauth'
  status: number
  errorType: string | undefined
  detail: string
  method: string
  resourceType: string | undefined
  connectionId: string | undefined
  count: number
  firstAt: string
  lastAt: string
}

type Row = {
  exchange_id: string
  kind: 'scim' | 'oauth'
  status: number
  error_type: string | null
  detail: string | null
  method: string
  resource_type: string | null
  connection_id: string | null
  n: number
  first_at: Date
  last_at: Date
}

const DAY_MS = 86_400_000

/** A day of thousands of errors is told by its newest thousand. A token's refusals are one cause, though each counts the seconds. */
const CAUSES = `
  SELECT (array_agg(id ORDER BY id DESC))[1] AS exchange_id, kind, status, error_type, (array_agg(error_detail ORDER BY id DESC))[1] AS detail,
    (array_agg(method ORDER BY id DESC))[1] AS method, resource_type, connection_id, count(*)::int AS n, min(at) AS first_at, max(at) AS last_at
  FROM (SELECT * FROM exchange WHERE team_id = $1 AND id >= $2::uuid AND status >= 400 ORDER BY id DESC LIMIT 1000) e
  GROUP BY kind, status, error_type, resource_type, connection_id, CASE WHEN status = 401 OR kind = 'oauth' THEN NULL ELSE error_detail END
  ORDER BY max(id::text) DESC LIMIT $3`

/** Why requests of the last day were refused, the newest cause first, each with how often. */
export async function errorCauses(teamId: string, now: number, limit: number): Promise<ErrorCause[]> {
  const { rows } = await prepared<Row>(pool(), 'error-causes', CAUSES, [
    teamId,
    firstIdAt(now - DAY_MS),
    limit,
  ])
  return rows.map((row) => ({
    exchangeId: row.exchange_id,
    kind: row.kind,
    status: row.status,
    errorType: row.error_type ?? undefined,
    detail: row.detail ?? '',
    method: row.method,
    resourceType: row.resource_type ?? undefined,
    connectionId: row.connection_id ?? undefined,
    count: row.n,
    firstAt: row.first_at.toISOString(),
    lastAt: row.last_at.toISOString(),
  }))
}
