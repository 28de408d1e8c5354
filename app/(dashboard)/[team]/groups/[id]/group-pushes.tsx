import { PushHistory } from '#components/group/push-history'
import { Card } from '#components/ui/card'
import { DayBars } from '#components/ui/day-bars'
import { EmptyState } from '#components/ui/empty-state'
import { TextLink } from '#components/ui/text-link'
import { dayCounts } from '#lib/activity/activity-counts'
import { listActivity } from '#lib/activity/list-activity'
import type { GroupDetail } from '#lib/directory/pages/group-detail'
import { pushEntries } from '../push-entries.ts'

const DAYS = 30
const PUSHES = 50

/** What Okta pushed of a group and how it went: a strip of days, then request by request. */
export async function GroupPushes({
  slug,
  teamId,
  group,
}: {
  slug: string
  teamId: string
  group: GroupDetail
}) {
  const now = Date.now()
  const [pushes, days] = await Promise.all([
    listActivity(teamId, { resourceId: group.id, kind: 'exchanges', writes: true }, PUSHES),
    dayCounts(teamId, now, DAYS, group.id),
  ])
  if (pushes.rows.length === 0)
    return (
      <Card>
        <EmptyState compact title="Never pushed">
          When Okta pushes this group, each request shows here.
        </EmptyState>
      </Card>
    )
  return (
    <Card>
      <div className="border-b px-4 pt-4 pb-3">
        <DayBars
          noun="Requests"
          days={days.map((day) => ({ date: day.day, ok: day.requests - day.errors, errors: day.errors }))}
        />
      </div>
      <PushHistory entries={pushEntries(slug, group, pushes.rows)} />
      <p className="border-t px-4 py-2.5 text-sm">
        <TextLink href={`/${slug}/activity?q=${group.id}`}>All requests about this group</TextLink>
      </p>
    </Card>
  )
}
