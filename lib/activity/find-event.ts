import { pool } from '#lib/db/pool'
import { isUuid } from '#lib/platform/ids'
import type { Change } from './exchange.ts'

export type EventDetail = {
  id: string
  at: string
  actor: { kind: 'member' | 'serviceUser' | 'operator' | 'muster'; name: string }
  action: string
  summary: string
  resource: { type: string; id: string | undefined; name: string | undefined } | undefined
  changes: Change[]
  /** What else was noted of it, beside the changes. */
  detail: Record<string, unknown>
}

type Detail = Record<string, unknown> & { changes?: Change[] }

/** One event of the activity log, or undefined when the team has none with this id. */
export async function findEvent(teamId: string, id: string): Promise<EventDetail | undefined> {
  if (!isUuid(id)) return undefined
  const { rows } = await pool().query<{
    id: string
    at: Date
    actor_kind: EventDetail['actor']['kind']
    actor_name: string
    action: string
    summary: string
    resource_type: string | null
    resource_id: string | null
    resource_name: string | null
    detail: string | null
  }>(
    'SELECT id, at, actor_kind, actor_name, action, summary, resource_type, resource_id, resource_name, detail FROM activity_event WHERE team_id = $1 AND id = $2',
    [teamId, id],
  )
  const row = rows[0]
  if (!row) return undefined
  const { changes, ...detail } = row.detail ? (JSON.parse(row.detail) as Detail) : {}
  return {
    id: row.id,
    at: row.at.toISOString(),
    actor: { kind: row.actor_kind, name: row.actor_name },
    action: row.action,
    summary: row.summary,
    resource: row.resource_type
      ? { type: row.resource_type, id: row.resource_id ?? undefined, name: row.resource_name ?? undefined }
      : undefined,
    changes: changes ?? [],
    detail,
  }
}
