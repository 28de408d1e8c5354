import type { ActivityFilter } from '#lib/activity/activity-sql'
import { hasEntry } from '#lib/activity/has-entry'
import type { ConnectionSummary } from '#lib/connections/connection-summaries'
import { idsNamed } from '#lib/directory/pages/find-ids'
import { isUuid } from '#lib/platform/ids'

/** What the activity page's address may hold. */
export const ACTIVITY_SEARCH = [
  'q',
  'kind',
  'actor',
  'connection',
  'type',
  'outcome',
  'status',
  'method',
  'range',
  'from',
  'to',
  'after',
  'before',
] as const

export type ActivityState = Partial<Record<(typeof ACTIVITY_SEARCH)[number], string>>

export const METHODS = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'] as const
const HOURS = { '1h': 1, '24h': 24, '7d': 168, '30d': 720 } as const

/**
 * The filter that an address asks for. What is searched for may be the id of an entry, a connection or an actor, or the
 * id, external id, userName or name of a user, group or role; undefined when nothing bears it.
 */
export async function activityFilter(
  teamId: string,
  state: ActivityState,
  connections: readonly ConnectionSummary[],
  now: number,
): Promise<ActivityFilter | undefined> {
  const target = state.q ? await searched(teamId, state.q.trim(), connections) : {}
  if (!target) return undefined
  const range = oneOf(state.range, Object.keys(HOURS) as (keyof typeof HOURS)[])
  return {
    kind: oneOf(state.kind, ['exchanges', 'changes']),
    actor: actorOf(uuid(state.actor), connections),
    connectionId: uuid(state.connection),
    resourceType: oneOf(state.type, ['User', 'Group', 'Role']),
    outcome: oneOf(state.outcome, ['ok', 'errors']),
    statusClass: Number(oneOf(state.status, ['2', '4', '5'])) || undefined,
    method: oneOf(state.method, METHODS),
    since: timeOf(state.from) ?? (range && now - HOURS[range] * 3_600_000),
    until: timeOf(state.to),
    after: uuid(state.after),
    before: uuid(state.before),
    ...target,
  }
}

/** The filter that a request's query asks for. */
export async function filterOfQuery(
  teamId: string,
  query: URLSearchParams,
  connections: readonly ConnectionSummary[],
  now: number,
): Promise<ActivityFilter | undefined> {
  const state: ActivityState = {}
  for (const name of ACTIVITY_SEARCH) state[name] = query.get(name)?.slice(0, 500) || undefined
  return activityFilter(teamId, state, connections, now)
}

async function searched(
  teamId: string,
  text: string,
  connections: readonly ConnectionSummary[],
): Promise<Partial<ActivityFilter> | undefined> {
  if (!isUuid(text)) {
    const ids = await idsNamed(teamId, text)
    return ids.length > 0 ? { resourceId: ids } : undefined
  }
  const id = text.toLowerCase()
  if (connections.some((each) => each.id === id)) return { connectionId: id }
  const actor = actorOf(id, connections)
  if (actor?.connectionId) return { actor }
  return (await hasEntry(teamId, id)) ? { id } : { resourceId: id }
}

function actorOf(id: string | undefined, connections: readonly ConnectionSummary[]): ActivityFilter['actor'] {
  return id ? { id, connectionId: connections.find((each) => each.serviceUserId === id)?.id } : undefined
}

const oneOf = <Value extends string>(value: string | undefined, allowed: readonly Value[]) =>
  allowed.find((each) => each === value)

const uuid = (text: string | undefined) => (text && isUuid(text) ? text : undefined)

/** `2026-11-24T10:02`, as `datetime-local` fields write it, taken as UTC. */
function timeOf(text: string | undefined): number | undefined {
  if (!text || !/^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d)?$/.test(text)) return undefined
  const at = Date.parse(`${text}Z`)
  return Number.isNaN(at) ? undefined : at
}
