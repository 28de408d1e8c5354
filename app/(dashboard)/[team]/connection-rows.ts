import type { ConnectionRow } from '#components/connection/connection-table'
import type { TokenWarning } from '#components/connection/token-warnings'
import { type ConnectionSummary, healthOf } from '#lib/connections/connection-summaries'

/** Connections with what each brought, what went wrong in the last day, and whose tokens run out, as tables and lists show them. */
export function shownConnections(
  slug: string,
  connections: readonly ConnectionSummary[],
  errors: ReadonlyMap<string, number>,
  managed: ReadonlyMap<string, { users: number; usersAreMore?: boolean; groups: number }>,
  warnings: readonly TokenWarning[],
  now: number,
): ConnectionRow[] {
  const tokensEnd = new Map(warnings.map((warning) => [warning.id, warning]))
  return connections.map((each) => ({
    id: each.id,
    href: `/${slug}/connections/${each.id}`,
    name: each.name,
    serviceUser: each.serviceUserName,
    state: healthOf(each, now, tokensEnd.get(each.id)?.state),
    tokensEnd: tokensEnd.get(each.id),
    lastPushAt: each.lastPushAt,
    userCount: managed.get(each.id)?.users ?? 0,
    usersAreMore: managed.get(each.id)?.usersAreMore,
    groupCount: managed.get(each.id)?.groups ?? 0,
    errorCount: errors.get(each.id) ?? 0,
    errorsHref: `/${slug}/activity?connection=${each.id}&outcome=errors&range=24h`,
  }))
}
