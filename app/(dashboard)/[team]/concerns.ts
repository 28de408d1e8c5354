import type { Concern } from '#components/activity/attention-list'
import type { ErrorCause } from '#lib/activity/error-causes'
import { explainError } from '#lib/activity/explain-error'
import type { ConnectionSummary } from '#lib/connections/connection-summaries'
import type { GroupInNeed } from '#lib/directory/pages/groups-in-need'
import { askedWords } from './asked-words.ts'

const CAUSES_SHOWN = 5

/**
 * What the overview asks somebody to look at: groups in Error, then unresolved members, then connections with notices,
 * then why other requests of the last day were refused.
 */
export function concernsOf(
  slug: string,
  groups: readonly GroupInNeed[],
  connections: readonly ConnectionSummary[],
  causes: readonly ErrorCause[],
): Concern[] {
  const failed = groups.filter((group) => group.push.status === 'error')
  const told = new Set(failed.map((group) => group.push.cause))
  const names = new Map(connections.map((each) => [each.id, each.name]))
  return [
    ...failed.map((group) => ({
      ...inError(slug, group),
      count: causes.find((cause) => cause.detail === group.push.cause)?.count,
    })),
    ...groups
      .filter((group) => group.unresolved > 0 && group.push.status !== 'error')
      .map((group) => unresolved(slug, group)),
    ...connections.filter((each) => each.notice && !each.disconnectedAt).map((each) => noticed(slug, each)),
    ...causes
      .filter((cause) => !told.has(cause.detail))
      .slice(0, CAUSES_SHOWN)
      .map((cause) => refused(slug, cause, names)),
  ]
}

const inError = (slug: string, group: GroupInNeed): Concern => ({
  id: `error-${group.id}`,
  tone: 'danger',
  title: group.displayName,
  href: `/${slug}/groups/${group.id}`,
  word: 'Error',
  cause: group.push.cause ?? '',
  remedy: group.push.remedy ?? '',
  at: group.push.since === undefined ? undefined : new Date(group.push.since).toISOString(),
})

const unresolved = (slug: string, group: GroupInNeed): Concern => ({
  id: `unresolved-${group.id}`,
  tone: 'warning',
  title: group.displayName,
  href: `/${slug}/groups/${group.id}`,
  word: `${group.unresolved.toLocaleString('en')} unresolved`,
  cause: group.push.cause ?? 'Okta named members whom Muster does not have.',
  remedy: group.push.remedy ?? 'Assign those people to the app in Okta, then choose Push now for the group.',
})

const noticed = (slug: string, connection: ConnectionSummary): Concern => ({
  id: `notice-${connection.id}`,
  tone: 'warning',
  title: connection.name,
  href: `/${slug}/connections/${connection.id}`,
  word: 'Notice',
  cause: connection.notice ?? '',
  remedy: 'Open the connection to see its tokens and what it sent.',
})

function refused(slug: string, cause: ErrorCause, names: ReadonlyMap<string, string>): Concern {
  const connection = cause.connectionId && names.get(cause.connectionId)
  const what = askedWords(cause.method, cause.resourceType)
  // Nothing arrives until somebody mends it.
  const entry = cause.status === 401 || cause.kind === 'oauth'
  return {
    id: `cause-${cause.status}-${cause.detail}-${cause.connectionId}`,
    tone: entry || cause.status >= 500 ? 'danger' : 'warning',
    title: entry
      ? (connection ?? (cause.kind === 'oauth' ? 'A token request' : 'A request without a valid token'))
      : `${what}${connection ? `, ${connection}` : ''}`,
    href: `/${slug}/activity/${cause.exchangeId}`,
    word: String(cause.status),
    cause: cause.detail,
    remedy: explainError(cause).remedy,
    at: cause.lastAt,
    count: cause.count,
  }
}
