import type { ConnectionRow } from '#components/connection/connection-table'
import { type ConnectionSummary, healthOf } from '#lib/connections/connection-summaries'

/** Connections with what each brought and what went wrong in the last day, as tables and lists show them. */
export function shownConnections(
  slug: string,
  connections: readonly ConnectionSummary[],
  errors: ReadonlyMap<string, number>,
  managed: ReadonlyMap<string, { users: number; groups: number }>,
  now: number,
): ConnectionRow[] {
  return connections.map((each) => ({
    id: each.id,
    href: `/${slug}/connections/${each.id}`,
    name: each.name,
    serviceUser: each.serviceUserName,
    state: healthOf(each, now),
    lastPushAt: each.lastPushAt,
    userCount: managed.get(each.id)?.users ?? 0,
    groupCount: managed.get(each.id)?.groups ?? 0,
    errorCount: errors.get(each.id) ?? 0,
    errorsHref: `/${slug}/activity?connection=${each.id}&outcome=errors&range=24h`,
  }))
}
