import { firstIdAt, isUuid } from '#lib/platform/ids'
import { changedSql } from './confirmed.ts'

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
  /** Writes only: no reads, those that come as POST included. */
  writes?: boolean
  /** Of the writes those that changed something, and not only confirmed what was there. */
  changed?: boolean
  /** Ids of rows: the page after (older) or before (newer) them. */
  after?: string
  before?: string
}

/** Some tens of milliseconds. */
export const SCANNED = 20_000

/**
 * `index`: conditions that an index on exchanges answers in order of id; `scan`: those that each row is tried with. Of
 * `values` the first `indexValues` belong to `both` and `index`.
 */
export type Asked = {
  values: unknown[]
  indexValues: number
  both: string[]
  index: string[]
  scan: string[]
  /** Conditions on events alone. */
  events: string[]
}

/** What a filter asks for, as SQL. `backwards`: the page before a row rather than after it. */
export function conditionsOf(teamId: string, filter: ActivityFilter, backwards: boolean): Asked {
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
  if (filter.writes || filter.changed)
    scan.push(
      `method <> 'GET' AND method <> 'HEAD' AND path NOT LIKE '%/.search%' AND action <> 'token.introspect'`,
    )
  if (filter.changed) scan.push(changedSql('summary'))
  return { values, indexValues, both, index, scan, events }
}

/** Whether events can fit the filter at all: they have no connection, outcome, method or status. */
export function showsEvents({ kind, connectionId, outcome, method, statusClass }: ActivityFilter): boolean {
  return kind !== 'exchanges' && !connectionId && outcome !== 'errors' && !method && !statusClass
}

export function exchangesSql({ both, index, scan }: Asked, order: string, limit: number): string {
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

export function eventsSql({ both, scan, events }: Asked, order: string, limit: number): string {
  const type = scan.filter((condition) => condition.startsWith('resource_type'))
  // Each column has its name: events may be asked for alone.
  return `(SELECT id, 'event' AS kind, at, actor_kind, actor_name, summary, action,
     NULL AS method, NULL AS path, NULL::int AS status, NULL::int AS duration_us, NULL AS error_detail, resource_type, resource_id, resource_name,
     NULL::uuid AS connection_id
   FROM activity_event WHERE ${['team_id = $1', ...both, ...type, ...events].join(' AND ')} ORDER BY id ${order} LIMIT ${limit + 1})`
}

/** The id of the last request of the window that was looked through, if there are older ones. */
export function windowEndSql({ both, index }: Asked, order: string): string {
  return `SELECT id FROM exchange WHERE ${['team_id = $1', ...both, ...index].join(' AND ')} ORDER BY id ${order} OFFSET ${SCANNED - 1} LIMIT 1`
}
