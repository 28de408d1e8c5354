import { Cable } from 'lucide-react'
import { notFound, redirect } from 'next/navigation'
import { AttentionList } from '#components/activity/attention-list'
import { EventList } from '#components/activity/event-list'
import { ConnectionList } from '#components/connection/connection-list'
import { TokenWarnings } from '#components/connection/token-warnings'
import { Page } from '#components/frame/page'
import { Card, CardBody, CardHeader } from '#components/ui/card'
import { DayBars } from '#components/ui/day-bars'
import { EmptyState } from '#components/ui/empty-state'
import { LinkButton } from '#components/ui/link-button'
import { StatStrip } from '#components/ui/stat-strip'
import { TextLink } from '#components/ui/text-link'
import { requireTeam } from '#lib/auth/require-member'
import { allows } from '#lib/auth/signed-in'
import { overviewOf } from '#lib/http/overview'
import { shownActivity } from './activity-rows.ts'
import { concernsOf } from './concerns.ts'
import { shownConnections } from './connection-rows.ts'
import { shownWarnings } from './connections/token-warnings.ts'
import { overviewStats } from './overview-stats.tsx'

const CONNECTIONS = 5

export default async function Overview({ params }: { params: Promise<{ team: string }> }) {
  const { team: slug } = await params
  const { team, access, directoryUserId } = await requireTeam(slug, 'self')
  if (!allows(access, 'reviewer')) return directoryUserId ? redirect(`/${slug}/me`) : notFound()
  const { counts, connections, errors, days, changes, groups, causes, managed, tokens, now } =
    await overviewOf(team.id)
  const warnings = shownWarnings(team, allows(access, 'admin'), tokens)
  const rows = shownConnections(slug, connections, errors.byConnection, managed, warnings, now)
  return (
    <Page
      crumbs={[{ label: 'Overview' }]}
      title={team.name}
      description="What has arrived from Okta, what has not, and why."
    >
      {connections.length === 0 && <NotConnected slug={slug} admin={allows(access, 'admin')} />}
      <TokenWarnings warnings={warnings} />
      <StatStrip
        label="The directory in numbers"
        stats={overviewStats(slug, counts, errors.all, connections)}
      />
      <div className="mt-6 grid items-start gap-6 lg:grid-cols-[minmax(0,1fr)_22rem]">
        <Card>
          <CardHeader
            title="Needs attention"
            description="Groups in Error first, then what else did not arrive in the last day."
          />
          <AttentionList
            concerns={concernsOf(slug, groups, connections, causes)}
            awaiting={connections.length === 0}
            moreHref={errors.all > 0 ? `/${slug}/activity?outcome=errors&range=24h` : undefined}
          />
        </Card>
        <div className="grid gap-6">
          <Card>
            <CardHeader
              title="Connections"
              action={<TextLink href={`/${slug}/connections`}>All connections</TextLink>}
            />
            {rows.length > 0 ? (
              <ConnectionList connections={rows.slice(0, CONNECTIONS)} />
            ) : (
              <EmptyState compact title="No connection yet" />
            )}
          </Card>
          <Card>
            <CardHeader
              title="Errors by day"
              action={<TextLink href={`/${slug}/activity?outcome=errors`}>All errors</TextLink>}
            />
            <CardBody>
              <DayBars
                noun="Requests"
                errorsOnly
                days={days.map((day) => ({ date: day.day, ok: 0, errors: day.errors }))}
              />
            </CardBody>
          </Card>
        </div>
      </div>
      <Card className="mt-6">
        <CardHeader
          title="Latest changes"
          action={<TextLink href={`/${slug}/activity`}>All activity</TextLink>}
        />
        {changes.length > 0 ? (
          <EventList rows={shownActivity(slug, changes)} />
        ) : (
          <EmptyState compact title="Nothing has happened yet">
            Changes show here as Okta makes them.
          </EmptyState>
        )}
      </Card>
    </Page>
  )
}

function NotConnected({ slug, admin }: { slug: string; admin: boolean }) {
  return (
    <Card className="mb-6">
      <EmptyState
        icon={<Cable />}
        title="Okta is not connected yet"
        action={
          admin && (
            <LinkButton variant="primary" href={`/${slug}/connections/new`}>
              Connect Okta
            </LinkButton>
          )
        }
      >
        {admin
          ? 'Connect it once; users, groups and roles then arrive by themselves and show here.'
          : 'An admin of this team can connect it under Connections.'}
      </EmptyState>
    </Card>
  )
}
