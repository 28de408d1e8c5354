import { notFound } from 'next/navigation'
import { EventList } from '#components/activity/event-list'
import { ConnectionStatus } from '#components/connection/connection-status'
import { SettingRow } from '#components/connection/setting-row'
import { TokenWarnings } from '#components/connection/token-warnings'
import { Page } from '#components/frame/page'
import { TokenTable } from '#components/service-user/token-table'
import { Alert } from '#components/ui/alert'
import { Button } from '#components/ui/button'
import { Card, CardHeader } from '#components/ui/card'
import { ConfirmDialog } from '#components/ui/confirm-dialog'
import { EmptyState } from '#components/ui/empty-state'
import { LinkButton } from '#components/ui/link-button'
import { TextLink } from '#components/ui/text-link'
import { TimeAgo } from '#components/ui/time-ago'
import { listActivity } from '#lib/activity/list-activity'
import { requireTeam } from '#lib/auth/require-member'
import { allows } from '#lib/auth/signed-in'
import { connectionDetail } from '#lib/connections/connection-detail'
import { connectionSummaries, healthOf } from '#lib/connections/connection-summaries'
import { shownActivity } from '../../activity-rows.ts'
import { endConnection } from '../actions.ts'
import { tokenWarnings } from '../token-warnings.ts'
import { ConnectionFacts } from './connection-facts.tsx'

type Props = { params: Promise<{ team: string; id: string }> }

export default async function ConnectionPage({ params }: Props) {
  const { team: slug, id } = await params
  const { team, access } = await requireTeam(slug, 'reviewer')
  const now = Date.now()
  const connection = (await connectionDetail(team.id, id, now)) ?? notFound()
  const admin = allows(access, 'admin')
  const [summaries, activity, warnings] = await Promise.all([
    connectionSummaries(team.id),
    listActivity(team.id, { connectionId: id }, 12),
    tokenWarnings(team, admin, now, id),
  ])
  const summary = summaries.find((each) => each.id === id)
  const { serviceUser, notice } = connection
  const serviceUserHref = `/${slug}/connections/service-users/${serviceUser.id}`
  return (
    <Page
      crumbs={[{ label: 'Connections', href: `/${slug}/connections` }, { label: connection.name }]}
      title={connection.name}
      badge={summary && <ConnectionStatus state={healthOf(summary, now, warnings[0]?.state)} />}
      description={`Approved by ${connection.approvedBy === 'operator' ? 'the operator' : connection.approvedBy}. It acts as a service user of its own, and stays when that person leaves.`}
    >
      <TokenWarnings warnings={warnings} />
      {notice && (
        <Alert tone="warning" title={notice.text} className="mb-6">
          <TimeAgo iso={notice.at} />
        </Alert>
      )}
      {serviceUser.disabled && !serviceUser.deleted && (
        <Alert
          tone="warning"
          title="Its service user is disabled"
          className="mb-6"
          action={
            <LinkButton href={serviceUserHref} size="sm">
              Open {serviceUser.name}
            </LinkButton>
          }
        >
          Each request is refused until it is enabled again.
        </Alert>
      )}
      <div className="grid items-start gap-6 lg:grid-cols-[minmax(0,1fr)_18rem]">
        <div className="grid min-w-0 gap-6">
          <Card>
            <CardHeader
              title="Latest requests"
              action={
                <TextLink href={`/${slug}/activity?connection=${connection.id}`}>All requests</TextLink>
              }
            />
            {activity.rows.length > 0 ? (
              <EventList rows={shownActivity(slug, activity.rows)} />
            ) : (
              <EmptyState title="No request yet">Choose Test API Credentials in Okta.</EmptyState>
            )}
          </Card>
          <Card>
            <CardHeader
              title="Tokens"
              description={
                <>
                  They belong to the service user{' '}
                  <span className="font-mono text-xs">{serviceUser.name}</span>.
                </>
              }
              action={
                !serviceUser.deleted && (
                  <LinkButton href={serviceUserHref} size="sm">
                    {admin ? 'Manage' : 'Open'}
                  </LinkButton>
                )
              }
            />
            {connection.tokens.length > 0 ? (
              <TokenTable now={now} tokens={connection.tokens} />
            ) : (
              <EmptyState title="No live token" className="py-8">
                {connection.disconnectedAt
                  ? 'They ended when it was disconnected.'
                  : connection.client
                    ? 'Authenticate again in Okta, and choose to replace the tokens.'
                    : 'Make a new one on the service user’s page.'}
              </EmptyState>
            )}
          </Card>
          {admin && (
            <Card>
              <CardHeader
                title="Self-test"
                description="Runs Okta’s own SCIM tests against this server, in a team of their own."
                action={<TextLink href={`/${slug}/connections/${id}/self-test`}>Open self-test</TextLink>}
                className="border-b-0"
              />
            </Card>
          )}
          {admin && !connection.disconnectedAt && (
            <Card className="[&>div]:border-t-0">
              <SettingRow
                title="Disconnect"
                words="Its tokens end, from the next request on. Users, groups and roles that it pushed stay as they are; updates stop."
              >
                <ConfirmDialog
                  trigger={<Button variant="danger">Disconnect…</Button>}
                  title={`Disconnect ${connection.name}?`}
                  description="Its tokens end at once, for good. Users, groups and roles stay as they are; updates stop. To connect again, authenticate in Okta once more."
                  confirmName={connection.name}
                  confirmLabel={`Disconnect ${connection.name}`}
                  pendingLabel="Disconnecting…"
                  action={endConnection.bind(null, slug, connection.id)}
                />
              </SettingRow>
            </Card>
          )}
        </div>
        <ConnectionFacts slug={slug} connection={connection} />
      </div>
    </Page>
  )
}
