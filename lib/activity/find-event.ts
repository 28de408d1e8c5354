import { pool } from '#lib/db/pool'
import { isUuid } from '#lib/platform/ids'

export type EventDetail = {
  id: string
  at: string
  actorName: string
  action: string
  summary: string
  resourceType: string | undefined
  resourceName: string | undefined
  detail: Record<string, unknown> | undefined
}

/** One event of the activity log, or undefined when the team has none with this id. */
export async function findEvent(teamId: string, id: string): Promise<EventDetail | undefined> {
  if (!isUuid(id)) return undefined
  const { rows } = await pool().query<{
    id: string
    at: Date
    actor_name: string
    action: string
    summary: string
    resource_type: string | null
    resource_name: string | null
    detail: string | null
  }>(
    'SELECT id, at, actor_name, action, summary, resource_type, resource_name, detail FROM activity_event WHERE team_id = $1 AND id = $2',
    [teamId, id],
  )
  const row = rows[0]
  return (
    row && {
      id: row.id,
      at: row.at.toISOString(),
      actorName: row.actor_name,
      action: row.action,
      summary: row.summary,
      resourceType: row.resource_type ?? undefined,
      resourceName: row.resource_name ?? undefined,
      detail: row.detail ? (JSON.parse(row.detail) as Record<string, unknown>) : undefined,
    }
  )
}
