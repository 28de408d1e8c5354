import { notFound } from 'next/navigation'
import { EventList } from '#components/activity/event-list'
import { TokenWarnings } from '#components/connection/token-warnings'
import { Page } from '#components/frame/page'
import { ServiceUserStatus } from '#components/service-user/service-user-table'
import { Alert } from '#components/ui/alert'
import { Card, CardHeader } from '#components/ui/card'
import { listActivity } from '#lib/activity/list-activity'
import { requireTeam } from '#lib/auth/require-member'
import { allows } from '#lib/auth/signed-in'
import { serviceUserDetail } from '#lib/connections/service-user-detail'
import { shownActivity } from '../../../activity-rows.ts'
import { tokenWarnings } from '../../token-warnings.ts'
import { ServiceUserFacts } from './service-user-facts.tsx'
import { ServiceUserSettings } from './service-user-settings.tsx'
import { Tokens } from './tokens.tsx'

type Props = { params: Promise<{ team: string; id: string }> }

export default async function ServiceUserPage({ params }: Props) {
  const { team: slug, id } = await params
  const { team, access } = await requireTeam(slug, 'reviewer')
  const now = Date.now()
  const serviceUser = (await serviceUserDetail(team.id, id, now)) ?? notFound()
  const connection = serviceUser.connections.find((each) => !each.disconnectedAt)
  const admin = allows(access, 'admin')
  const [warnings, events] = await Promise.all([
    connection ? tokenWarnings(team, admin, now, connection.id) : [],
    listActivity(team.id, { resourceId: id, kind: 'changes' }, 8),
  ])
  return (
    <Page
      crumbs={[
        { label: 'Connections', href: `/${slug}/connections` },
        { label: 'Service users', href: `/${slug}/connections/service-users` },
        { label: serviceUser.name },
      ]}
      title={serviceUser.name}
      badge={
        <ServiceUserStatus
          serviceUser={{
            disabled: serviceUser.disabledAt !== undefined,
            tokenCount: serviceUser.tokens.length,
            endsAt: warnings[0]?.endsAt,
          }}
        />
      }
      description="A machine identity. What it does stands in the activity log under its name."
    >
      <TokenWarnings warnings={warnings} />
      {serviceUser.disabledAt && (
        <Alert tone="warning" className="mb-6" title="This service user is disabled">
          Each of its requests is refused. Its tokens stay as they are, and work again once it is enabled.
        </Alert>
      )}
      <div className="grid items-start gap-6 lg:grid-cols-[minmax(0,1fr)_18rem]">
        <div className="grid min-w-0 gap-6">
          <Tokens slug={slug} serviceUser={serviceUser} connection={connection} admin={admin} now={now} />
          {events.rows.length > 0 && (
            <Card>
              <CardHeader title="History" description="What people did with it." />
              <EventList rows={shownActivity(slug, events.rows)} />
            </Card>
          )}
          {admin && <ServiceUserSettings slug={slug} serviceUser={serviceUser} />}
        </div>
        <ServiceUserFacts slug={slug} serviceUser={serviceUser} />
      </div>
    </Page>
  )
}
