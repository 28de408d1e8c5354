import type { Queryable } from '#lib/db/pool'
import { newId } from '#lib/platform/ids'

/** Who did something, for the activity log. */
export type EventActor =
  | { kind: 'member' | 'serviceUser'; id: string; name: string }
  | { kind: 'operator' | 'muster'; name: string }

/** What somebody did, beside SCIM traffic: approved, granted, rotated, removed. `summary` is the sentence shown. */
export type NewEvent = {
  teamId: string
  actor: EventActor
  action: string
  summary: string
  resource?: { type: string; id?: string; name?: string }
  detail?: Record<string, unknown>
}

const COLUMNS =
  'team_id, id, actor_kind, actor_id, actor_name, action, summary, resource_type, resource_id, resource_name, detail'
const TYPES = ['uuid', 'uuid', 'text', 'uuid', 'text', 'text', 'text', 'text', 'uuid', 'text', 'jsonb']
const SUMMARY = 6
const RESOURCE_NAME = 9
const DETAIL = 10

export function eventValues(event: NewEvent): unknown[] {
  return [
    event.teamId,
    newId(),
    event.actor.kind,
    'id' in event.actor ? event.actor.id : null,
    event.actor.name,
    event.action,
    event.summary,
    event.resource?.type ?? null,
    event.resource?.id ?? null,
    event.resource?.name ?? null,
    event.detail ? JSON.stringify(event.detail) : null,
  ]
}

/** The insert of one event, to stand inside the statement of the change that it records; like `insertExchange`. */
export function insertEvent(
  first: number,
  from: string,
  overrides: { summary?: string; changes?: string; resource_name?: string } = {},
): string {
  const values = TYPES.map((type, i) => `$${first + i}::${type}`)
  // Every parameter appears, even where it loses: PostgreSQL refuses one whose type it cannot tell.
  const override = (column: number, sql: string) => {
    values[column] = `coalesce(${sql}, ${values[column]})`
  }
  if (overrides.summary) override(SUMMARY, overrides.summary)
  if (overrides.resource_name) override(RESOURCE_NAME, overrides.resource_name)
  if (overrides.changes) override(DETAIL, `jsonb_build_object('changes', ${overrides.changes})`)
  return `INSERT INTO activity_event (${COLUMNS}) SELECT ${values.join(', ')} ${from}`
}

/** Records an event on a `pg` connection, within whatever transaction runs there. */
export async function recordEvent(on: Queryable, event: NewEvent): Promise<void> {
  await (on as { query(text: string, values: unknown[]): Promise<unknown> }).query(
    insertEvent(1, ''),
    eventValues(event),
  )
}

/** The part of Prisma's transaction client that recording needs. */
type PrismaWriter = { activityEvent: { create(args: { data: Record<string, unknown> }): Promise<unknown> } }

/** Records an event within a Prisma transaction. */
export async function recordEventWithPrisma(tx: unknown, event: NewEvent): Promise<void> {
  const [teamId, id, actorKind, actorId, actorName, action, summary, resourceType, resourceId, resourceName] =
    eventValues(event)
  await (tx as PrismaWriter).activityEvent.create({
    data: {
      teamId,
      id,
      actorKind,
      actorId,
      actorName,
      action,
      summary,
      resourceType,
      resourceId,
      resourceName,
      detail: event.detail,
    },
  })
}
