import type { PushEntry } from '#components/group/push-history'
import type { ActivityRow } from '#lib/activity/list-activity'

/** A group's requests as its push history: the same error again and again is one entry that says how often. */
export function pushEntries(slug: string, rows: readonly ActivityRow[]): PushEntry[] {
  const entries: PushEntry[] = []
  for (const row of rows) {
    const failed = (row.request?.status ?? 0) >= 400
    const last = entries.at(-1)
    if (failed && last?.outcome === 'error' && last.cause === row.errorDetail) {
      last.repeats = { count: (last.repeats?.count ?? 1) + 1, since: row.at }
      continue
    }
    entries.push({
      id: row.id,
      at: row.at,
      outcome: failed ? 'error' : 'ok',
      summary: failed ? `${row.request?.method} was refused with ${row.request?.status}` : row.summary,
      durationMs: row.request?.durationMs,
      href: `/${slug}/activity/${row.id}`,
      cause: failed ? row.errorDetail : undefined,
    })
  }
  return entries
}
