import { pool } from '#lib/db/pool'
import { firstIdAt } from '#lib/platform/ids'

export type ActivityFilter = {
  kind?: 'exchanges' | 'changes'
  connectionId?: string
  /** A user's, group's, role's or connection's id. */
  resourceId?: string
  resourceType?: 'User' | 'Group' | 'Role'
  outcome?: 'ok' | 'errors'
  method?: string
  /** Milliseconds since 1970. */
  since?: number
  until?: number
  /** Writes only: what changed something. */
  writes?: boolean
  /** Ids of rows: the page after (older) or before (newer) them. */
  after?: string
  before?: string
}

/** One row of the activity log: a request with its answer, or something a person (or Muster) did. */
export type ActivityRow = {
  id: string
  kind: 'exchange' | 'event'
  at: string
  actor: { kind: 'serviceUser' | 'member' | 'operator' | 'muster' | 'nobody'; name: string }
  summary: string
  action: string
  request: { method: string; path: string; status: number; durationMs: number } | undefined
  errorDetail: string | undefined
  resource: { type: string; id: string | undefined; name: string | undefined } | undefined
  connectionId: string | undefined
}

export type ActivityPage = { rows: ActivityRow[]; after: string | undefined; before: string | undefined }

export const ACTIVITY_PAGE_SIZE = 50

type Row = {
  id: string
  kind: 'exchange' | 'event'
  at: Date
  actor_kind: ActivityRow['actor']['kind']
  actor_name: string | null
  summary: string
  action: string
  method: string | null
  path: string | null
  status: number | null
  duration_us: number | null
  error_detail: string | null
  resource_type: string | null
  resource_id: string | null
  resource_name: string | null
  connection_id: string | null
}

/** A page of a team's activity, newest first; exchanges and events are two indexes merged by id (ids are times). */
export async function listActivity(
  teamId: string,
  filter: ActivityFilter,
  limit = ACTIVITY_PAGE_SIZE,
): Promise<ActivityPage> {
  const backwards = filter.before !== undefined
  const order = backwards ? 'ASC' : 'DESC'
  const values: unknown[] = [teamId]
  const both: string[] = []
  const position = filter.after ?? filter.before
  if (position && /^[0-9a-f-]{36}$/.test(position))
    both.push(`id ${backwards ? '>' : '<'} $${values.push(position)}::uuid`)
  if (filter.since !== undefined) both.push(`id >= $${values.push(firstIdAt(filter.since))}::uuid`)
  if (filter.until !== undefined) both.push(`id < $${values.push(firstIdAt(filter.until))}::uuid`)
  if (filter.resourceId) both.push(`resource_id = $${values.push(filter.resourceId)}::uuid`)
  if (filter.resourceType) both.push(`resource_type = $${values.push(filter.resourceType)}`)
  const exchanges = [...both]
  if (filter.connectionId) exchanges.push(`connection_id = $${values.push(filter.connectionId)}::uuid`)
  if (filter.outcome) exchanges.push(filter.outcome === 'errors' ? 'status >= 400' : 'status < 400')
  if (filter.method) exchanges.push(`method = $${values.push(filter.method)}`)
  if (filter.writes) exchanges.push(`method <> 'GET' AND method <> 'HEAD'`)
  const where = (conditions: string[]) => ['team_id = $1', ...conditions].join(' AND ')
  const showEvents =
    filter.kind !== 'exchanges' && !filter.connectionId && filter.outcome !== 'errors' && !filter.method
  const parts = [
    filter.kind === 'changes'
      ? undefined
      : `(SELECT e.id, 'exchange' AS kind, e.at, CASE WHEN e.service_user_id IS NULL THEN 'nobody' ELSE 'serviceUser' END AS actor_kind,
           (SELECT s.name FROM service_user s WHERE s.team_id = $1 AND s.id = e.service_user_id) AS actor_name, e.summary, e.action,
           e.method, e.path, e.status, e.duration_us, e.error_detail, e.resource_type, e.resource_id, e.resource_name, e.connection_id
         FROM exchange e WHERE ${where(exchanges)} ORDER BY id ${order} LIMIT ${limit + 1})`,
    showEvents
      ? `(SELECT id, 'event', at, actor_kind, actor_name, summary, action, NULL, NULL, NULL::int, NULL::int, NULL, resource_type, resource_id, resource_name, NULL::uuid
         FROM activity_event WHERE ${where(both)} ORDER BY id ${order} LIMIT ${limit + 1})`
      : undefined,
  ].filter((part) => part !== undefined)
  if (parts.length === 0) return { rows: [], after: undefined, before: undefined }
  const { rows } = await pool().query<Row>(
    `SELECT * FROM (${parts.join(' UNION ALL ')}) both_kinds ORDER BY id ${order} LIMIT ${limit + 1}`,
    values,
  )
  const more = rows.length > limit
  const shown = rows.slice(0, limit)
  if (backwards) shown.reverse()
  return {
    rows: shown.map(activityRow),
    after: backwards || more ? shown.at(-1)?.id : undefined,
    before: (backwards ? more : position !== undefined) ? shown[0]?.id : undefined,
  }
}

function activityRow(row: Row): ActivityRow {
  return {
    id: row.id,
    kind: row.kind,
    at: row.at.toISOString(),
    actor: {
      kind: row.actor_kind,
      name: row.actor_name ?? (row.actor_kind === 'nobody' ? 'not signed in' : 'removed'),
    },
    summary: row.summary,
    action: row.action,
    request:
      row.method === null
        ? undefined
        : {
            method: row.method,
            path: row.path ?? '',
            status: row.status ?? 0,
            durationMs: (row.duration_us ?? 0) / 1000,
          },
    errorDetail: row.error_detail ?? undefined,
    resource: row.resource_type
      ? { type: row.resource_type, id: row.resource_id ?? undefined, name: row.resource_name ?? undefined }
      : undefined,
    connectionId: row.connection_id ?? undefined,
  }
}
