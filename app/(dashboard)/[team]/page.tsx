import { notFound, redirect } from 'next/navigation'
import { EventList } from '#components/activity/event-list'
import { ConnectionStatus } from '#components/connection/connection-status'
import { Page } from '#components/frame/page'
import { Card, CardBody, CardHeader } from '#components/ui/card'
import { DayBars } from '#components/ui/day-bars'
import { EmptyState } from '#components/ui/empty-state'
import { KeyFacts } from '#components/ui/key-facts'
import { LinkButton } from '#components/ui/link-button'
import { TextLink } from '#components/ui/text-link'
import { TimeAgo } from '#components/ui/time-ago'
import { dayCounts, errorsOfLastDay } from '#lib/activity/activity-counts'
import { listActivity } from '#lib/activity/list-activity'
import { requireTeam } from '#lib/auth/require-member'
import { allows } from '#lib/auth/signed-in'
import { connectionSummaries, healthOf } from '#lib/connections/connection-summaries'
import { directoryCounts } from '#lib/directory/pages/directory-counts'
import { shownActivity } from './activity-rows.ts'
import { CountTile } from './count-tile.tsx'

export const metadata = { title: 'Overview' }

export default async function Overview({ params }: { params: Promise<{ team: string }> }) {
  const { team: slug } = await params
  const { team, access, directoryUserId } = await requireTeam(slug, 'self')
  if (!allows(access, 'reviewer')) return directoryUserId ? redirect(`/${slug}/me`) : notFound()
  const now = Date.now()
  const [counts, connections, errors, days, activity] = await Promise.all([
    directoryCounts(team.id),
    connectionSummaries(team.id),
    errorsOfLastDay(team.id, now),
    dayCounts(team.id, now, 30),
    listActivity(team.id, { writes: true }, 8),
  ])
  const lastPush = connections
    .map((each) => each.lastPushAt ?? '')
    .sort()
    .at(-1)
  return (
    <Page
      crumbs={[{ label: 'Overview' }]}
      title={team.name}
      description="What has arrived from Okta, what has not, and why."
    >
      {connections.length === 0 && (
        <Card className="mb-6">
          <EmptyState
            title="Okta is not connected yet"
            action={
              <LinkButton variant="primary" href={`/${slug}/connections/new`}>
                Connect Okta
              </LinkButton>
            }
          >
            Connect it once; users, groups and roles then arrive by themselves and show here.
          </EmptyState>
        </Card>
      )}
      <div className="mb-6 grid grid-cols-2 gap-3 lg:grid-cols-4">
        <CountTile
          label="Users"
          value={counts.users}
          note={`${counts.deactivated.toLocaleString('en')} deactivated`}
          href={`/${slug}/users`}
        />
        <CountTile
          label="Groups"
          value={counts.groups}
          note={`${counts.managedGroups.toLocaleString('en')} pushed`}
          href={`/${slug}/groups`}
        />
        <CountTile
          label="Groups in error"
          value={counts.groupsInError}
          note="last push failed"
          href={`/${slug}/groups?push=error`}
          alarming
        />
        <CountTile
          label="Errors, last day"
          value={errors}
          note="refused or failed requests"
          href={`/${slug}/activity?outcome=errors`}
          alarming
        />
      </div>
      <div className="grid items-start gap-6 lg:grid-cols-2">
        <Card>
          <CardHeader
            title="Connections"
            action={<TextLink href={`/${slug}/connections`}>All connections</TextLink>}
          />
          <CardBody>
            <KeyFacts
              facts={[
                ...connections.slice(0, 5).map((each) => ({
                  label: each.name,
                  value: (
                    <span className="flex flex-wrap items-center gap-x-2">
                      <ConnectionStatus state={healthOf(each, now)} />
                      <span className="text-fg-subtle">
                        {each.lastPushAt ? (
                          <>
                            pushed <TimeAgo iso={each.lastPushAt} />
                          </>
                        ) : (
                          'nothing pushed yet'
                        )}
                      </span>
                    </span>
                  ),
                })),
                { label: 'Last push', value: lastPush ? <TimeAgo iso={lastPush} /> : 'never' },
                {
                  label: 'Not managed by Okta',
                  value: `${counts.unmanagedUsers.toLocaleString('en')} users`,
                },
              ]}
            />
            <div className="mt-4">
              <p className="mb-1 text-fg-muted text-xs">Errors, last 30 days</p>
              <DayBars
                noun="Requests"
                days={days.map((day) => ({ date: day.day, ok: 0, errors: day.errors }))}
              />
            </div>
          </CardBody>
        </Card>
        <Card>
          <CardHeader
            title="Latest changes"
            action={<TextLink href={`/${slug}/activity`}>All activity</TextLink>}
          />
          {activity.rows.length > 0 ? (
            <EventList rows={shownActivity(slug, activity.rows)} />
          ) : (
            <EmptyState title="Nothing has happened yet">Changes show here as Okta makes them.</EmptyState>
          )}
        </Card>
      </div>
    </Page>
  )
}
