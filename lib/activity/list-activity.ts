import { pool } from '#lib/db/pool'
import { firstIdAt, isUuid, timeOfId } from '#lib/platform/ids'

export type ActivityFilter = {
  kind?: 'exchanges' | 'changes'
  connectionId?: string
  /** Whoever did it: a member's or service user's id; the latter with its connection, whose requests have an index. */
  actor?: { id: string; connectionId?: string }
  /** One entry's own id. */
  id?: string
  /** A user's, group's, role's or connection's id; or several. */
  resourceId?: string | readonly string[]
  resourceType?: 'User' | 'Group' | 'Role'
  outcome?: 'ok' | 'errors'
  /** 2 to 5: the hundreds of the HTTP status. */
  statusClass?: number
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

export type ActivityPage = {
  rows: ActivityRow[]
  after: string | undefined
  before: string | undefined
  /** The page is not full, and what is older than this was not looked at. */
  lookedBackTo?: string
}

export const ACTIVITY_PAGE_SIZE = 50
/** Some tens of milliseconds. */
export const SCANNED = 20_000

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

/**
 * A page of a team's activity, newest first; exchanges and events are two indexes merged by id (ids are times). Where no
 * index knows what is asked for, at most SCANNED requests are looked through: `lookedBackTo` says how far that was when
 * the page is not full, and `after` goes on from there.
 */
export async function listActivity(
  teamId: string,
  filter: ActivityFilter,
  limit = ACTIVITY_PAGE_SIZE,
): Promise<ActivityPage> {
  const backwards = filter.before !== undefined
  const order = backwards ? 'ASC' : 'DESC'
  const asked = conditionsOf(teamId, filter, backwards)
  const parts = [
    filter.kind === 'changes' ? undefined : exchangesSql(asked, order, limit),
    showsEvents(filter) ? eventsSql(asked, order, limit) : undefined,
  ].filter((part) => part !== undefined)
  if (parts.length === 0) return { rows: [], after: undefined, before: undefined }
  const { rows } = await pool().query<Row>(
    `SELECT * FROM (${parts.join(' UNION ALL ')}) both_kinds ORDER BY id ${order} LIMIT ${limit + 1}`,
    asked.values,
  )
  const end = rows.length > limit || filter.kind === 'changes' ? undefined : await windowEnd(asked, order)
  const within = end === undefined ? rows : rows.filter(({ id }) => (backwards ? id <= end : id >= end))
  const more = rows.length > limit
  const shown = within.slice(0, limit)
  if (backwards) shown.reverse()
  const position = filter.after ?? filter.before
  const last = more ? shown.at(-1)?.id : backwards ? (shown.at(-1)?.id ?? position) : end
  const first = backwards ? (more ? shown[0]?.id : end) : position && (shown[0]?.id ?? position)
  return {
    rows: shown.map(activityRow),
    after: last,
    before: first,
    lookedBackTo: end && !backwards ? new Date(timeOfId(end)).toISOString() : undefined,
  }
}

/**
 * `index`: conditions that an index on exchanges answers in order of id; `scan`: those that each row is tried with. Of
 * `values` the first `indexValues` belong to `both` and `index`.
 */
type Asked = {
  values: unknown[]
  indexValues: number
  both: string[]
  index: string[]
  scan: string[]
  /** Conditions on events alone. */
  events: string[]
}

function conditionsOf(teamId: string, filter: ActivityFilter, backwards: boolean): Asked {
  const values: unknown[] = [teamId]
  const both: string[] = []
  const [index, scan]: [string[], string[]] = [[], []]
  const position = filter.after ?? filter.before
  if (position && isUuid(position)) both.push(`id ${backwards ? '>' : '<'} $${values.push(position)}::uuid`)
  if (filter.since !== undefined) both.push(`id >= $${values.push(firstIdAt(filter.since))}::uuid`)
  if (filter.until !== undefined) both.push(`id < $${values.push(firstIdAt(filter.until))}::uuid`)
  if (filter.id) both.push(`id = $${values.push(filter.id)}::uuid`)
  if (typeof filter.resourceId === 'string')
    both.push(`resource_id = $${values.push(filter.resourceId)}::uuid`)
  else if (filter.resourceId) both.push(`resource_id = ANY ($${values.push(filter.resourceId)}::uuid[])`)
  const connectionId = filter.connectionId ?? filter.actor?.connectionId
  if (connectionId) index.push(`connection_id = $${values.push(connectionId)}::uuid`)
  if (filter.outcome === 'errors' || (filter.statusClass ?? 0) >= 4) index.push('status >= 400')
  const indexValues = values.length
  const events: string[] = []
  if (filter.actor) {
    const parameter = `$${values.push(filter.actor.id)}::uuid`
    scan.push(`service_user_id = ${parameter}`)
    events.push(`actor_id = ${parameter}`)
  }
  if (filter.statusClass) scan.push(`status / 100 = $${values.push(filter.statusClass)}::int`)
  if (filter.outcome === 'ok') scan.push('status < 400')
  if (filter.resourceType) scan.push(`resource_type = $${values.push(filter.resourceType)}`)
  if (filter.method) scan.push(`method = $${values.push(filter.method)}`)
  if (filter.writes) scan.push(`method <> 'GET' AND method <> 'HEAD'`)
  return { values, indexValues, both, index, scan, events }
}

function showsEvents({ kind, connectionId, outcome, method, statusClass }: ActivityFilter): boolean {
  return kind !== 'exchanges' && !connectionId && outcome !== 'errors' && !method && !statusClass
}

function exchangesSql({ both, index, scan }: Asked, order: string, limit: number): string {
  const found = `SELECT * FROM exchange WHERE ${['team_id = $1', ...both, ...index].join(' AND ')} ORDER BY id ${order}`
  const tried =
    scan.length === 0
      ? `${found} LIMIT ${limit + 1}`
      : `SELECT * FROM (${found} LIMIT ${SCANNED}) scanned WHERE ${scan.join(' AND ')} ORDER BY id ${order} LIMIT ${limit + 1}`
  return `(SELECT e.id, 'exchange' AS kind, e.at, CASE WHEN e.service_user_id IS NULL THEN 'nobody' ELSE 'serviceUser' END AS actor_kind,
     (SELECT s.name FROM service_user s WHERE s.team_id = $1 AND s.id = e.service_user_id) AS actor_name, e.summary, e.action,
     e.method, e.path, e.status, e.duration_us, e.error_detail, e.resource_type, e.resource_id, e.resource_name, e.connection_id
   FROM (${tried}) e)`
}

function eventsSql({ both, scan, events }: Asked, order: string, limit: number): string {
  const type = scan.filter((condition) => condition.startsWith('resource_type'))
  return `(SELECT id, 'event', at, actor_kind, actor_name, summary, action, NULL, NULL, NULL::int, NULL::int, NULL, resource_type, resource_id, resource_name, NULL::uuid
   FROM activity_event WHERE ${['team_id = $1', ...both, ...type, ...events].join(' AND ')} ORDER BY id ${order} LIMIT ${limit + 1})`
}

/** Where the search through exchanges ended, if it did before there were none left. */
async function windowEnd(asked: Asked, order: string): Promise<string | undefined> {
  const { values, indexValues, both, index, scan } = asked
  if (scan.length === 0) return undefined
  const { rows } = await pool().query<{ id: string }>(
    `SELECT id FROM exchange WHERE ${['team_id = $1', ...both, ...index].join(' AND ')} ORDER BY id ${order} OFFSET ${SCANNED - 1} LIMIT 1`,
    values.slice(0, indexValues),
  )
  return rows[0]?.id
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
