import type { PushEntry } from '#components/group/push-history'
import type { ActivityRow } from '#lib/activity/activity-row'
import { explainError } from '#lib/activity/explain-error'
import type { GroupDetail } from '#lib/directory/pages/group-detail'

/**
 * A group's requests as its push history, newest first. What came again and again, an error or a push, is one entry that
 * says how often; the newest success of a group that is still being filled is Pushing.
 */
export function pushEntries(
  slug: string,
  group: Pick<GroupDetail, 'push'>,
  rows: readonly ActivityRow[],
): PushEntry[] {
  const entries: PushEntry[] = []
  for (const row of rows) {
    const entry = entryOf(slug, row)
    const last = entries.at(-1)
    if (
      last &&
      last.outcome === entry.outcome &&
      last.summary === entry.summary &&
      last.cause === entry.cause
    )
      last.repeats = { count: (last.repeats?.count ?? 1) + 1, since: row.at }
    else entries.push(entry)
  }
  const newest = entries[0]
  if (newest?.outcome === 'ok' && group.push.status === 'pushing') newest.outcome = 'pushing'
  return entries
}

function entryOf(slug: string, row: ActivityRow): PushEntry {
  const status = row.request?.status ?? 0
  const shared = {
    id: row.id,
    at: row.at,
    durationMs: row.request?.durationMs,
    href: `/${slug}/activity/${row.id}`,
  }
  if (status < 400) return { ...shared, outcome: 'ok', summary: row.summary }
  return {
    ...shared,
    outcome: 'error',
    summary: `${row.request?.method} was refused with ${status}`,
    cause: row.errorDetail,
    remedy: explainError({ status, errorType: undefined, resourceType: 'Group', detail: row.errorDetail })
      .remedy,
  }
}
