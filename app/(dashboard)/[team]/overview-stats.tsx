import type { Stat } from '#components/ui/stat-strip'
import { TimeAgo } from '#components/ui/time-ago'
import type { ConnectionSummary } from '#lib/connections/connection-summaries'
import type { DirectoryCounts } from '#lib/directory/pages/directory-counts'

const number = (count: number) => count.toLocaleString('en')

/** What has arrived, in four numbers. */
export function overviewStats(
  slug: string,
  counts: DirectoryCounts,
  errors: number,
  connections: readonly ConnectionSummary[],
): Stat[] {
  const last = connections
    .filter((each) => each.lastPushAt)
    .sort((a, b) => ((a.lastPushAt ?? '') < (b.lastPushAt ?? '') ? 1 : -1))[0]
  const byHand = counts.unmanagedUsers > 0 ? `, ${number(counts.unmanagedUsers)} not managed by Okta` : ''
  return [
    {
      label: 'Users',
      value: number(counts.users),
      note: `${number(counts.deactivated)} deactivated${byHand}`,
      href: `/${slug}/users`,
    },
    {
      label: 'Groups',
      value: number(counts.groups),
      note:
        counts.groupsInError > 0
          ? `${number(counts.managedGroups)} pushed, ${number(counts.groupsInError)} in Error`
          : `${number(counts.managedGroups)} pushed`,
      href: counts.groupsInError > 0 ? `/${slug}/groups?push=error` : `/${slug}/groups`,
    },
    {
      label: 'Last push',
      value: last?.lastPushAt ? <TimeAgo iso={last.lastPushAt} /> : 'Never',
      note: last ? `by ${last.name}` : 'nothing pushed yet',
      href: `/${slug}/activity?kind=exchanges`,
    },
    {
      label: 'Errors, 24 h',
      value: number(errors),
      note: errors === 0 ? 'no request was refused' : 'requests refused or failed',
      href: `/${slug}/activity?outcome=errors&range=24h`,
      tone: errors > 0 ? 'danger' : undefined,
    },
  ]
}
