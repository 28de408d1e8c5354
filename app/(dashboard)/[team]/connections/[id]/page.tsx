import { notFound } from 'next/navigation'
import { EventList } from '#components/activity/event-list'
import { ConnectionStatus } from '#components/connection/connection-status'
import { Page } from '#components/frame/page'
import { Alert } from '#components/ui/alert'
import { Button } from '#components/ui/button'
import { Card, CardBody, CardHeader } from '#components/ui/card'
import { ConfirmDialog } from '#components/ui/confirm-dialog'
import { EmptyState } from '#components/ui/empty-state'
import { KeyFacts } from '#components/ui/key-facts'
import { TextLink } from '#components/ui/text-link'
import { TimeAgo } from '#components/ui/time-ago'
import { listActivity } from '#lib/activity/list-activity'
import { requireTeam } from '#lib/auth/require-member'
import { allows } from '#lib/auth/signed-in'
import { connectionDetail } from '#lib/connections/connection-detail'
import { connectionSummaries, healthOf } from '#lib/connections/connection-summaries'
import { env } from '#lib/platform/env'
import { shownActivity } from '../../activity-rows.ts'
import { endConnection, expireTokens } from '../actions.ts'
import { NewTokenForm } from '../client-secret-form.tsx'
import { TokenList } from './token-list.tsx'

export default async function ConnectionPage({ params }: { params: Promise<{ team: string; id: string }> }) {
  const { team: slug, id } = await params
  const { team, access } = await requireTeam(slug, 'reviewer')
  const connection = (await connectionDetail(team.id, id)) ?? notFound()
  const [summaries, activity] = await Promise.all([
    connectionSummaries(team.id),
    listActivity(team.id, { connectionId: id }, 12),
  ])
  const summary = summaries.find((each) => each.id === id)
  const mayChange = allows(access, 'admin') && !connection.disconnectedAt
  return (
    <Page
      crumbs={[{ label: 'Connections', href: `/${slug}/connections` }, { label: connection.name }]}
      title={connection.name}
      badge={summary && <ConnectionStatus state={healthOf(summary, Date.now())} />}
      description={`Acts as the service user ${connection.serviceUser.name}. Approved by ${connection.approvedBy}; it stays when that person leaves.`}
    >
      <div className="grid items-start gap-6 lg:grid-cols-[minmax(0,1fr)_18rem]">
        <div className="grid min-w-0 gap-6">
          {connection.notice && (
            <Alert tone="warning" title={connection.notice.text}>
              <TimeAgo iso={connection.notice.at} />
            </Alert>
          )}
          <Card>
            <CardHeader
              title="Tokens"
              description="Kept as hashes only; each is known by its last four characters."
            />
            <TokenList tokens={connection.tokens} />
            {mayChange && (
              <CardBody className="flex flex-wrap items-start gap-2 border-t">
                <NewTokenForm slug={slug} connectionId={connection.id} />
                <ConfirmDialog
                  trigger={
                    <Button variant="danger-quiet" size="sm">
                      Expire now…
                    </Button>
                  }
                  title="Expire all tokens now?"
                  description="The very next request is refused. Okta must be authenticated again, or be given a new token."
                  confirmLabel="Expire tokens"
                  pendingLabel="Expiring…"
                  action={expireTokens.bind(null, slug, connection.id)}
                />
              </CardBody>
            )}
          </Card>
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
          {allows(access, 'admin') && (
            <Card>
              <CardHeader
                title="Self-test"
                description="Runs Okta’s own SCIM tests against this server, in a team of their own."
                action={<TextLink href={`/${slug}/connections/${id}/self-test`}>Open self-test</TextLink>}
                className="border-b-0"
              />
            </Card>
          )}
          {mayChange && (
            <Card>
              <CardHeader
                title="Disconnect"
                description="Users and groups stay; updates stop, from the next request on."
              />
              <CardBody>
                <ConfirmDialog
                  trigger={<Button variant="danger">Disconnect {connection.name}…</Button>}
                  title={`Disconnect ${connection.name}?`}
                  description="Its tokens end at once. Users and groups stay as they are; updates stop."
                  confirmName={connection.name}
                  confirmLabel={`Disconnect ${connection.name}`}
                  pendingLabel="Disconnecting…"
                  action={endConnection.bind(null, slug, connection.id)}
                />
              </CardBody>
            </Card>
          )}
        </div>
        <KeyFacts
          facts={[
            { label: 'Service user', value: connection.serviceUser.name },
            ...(connection.client
              ? [{ label: 'Client', value: connection.client.clientId, copy: connection.client.clientId }]
              : [{ label: 'Client', value: 'none: a token made by hand' }]),
            { label: 'Scopes', value: connection.scope },
            { label: 'Approved', value: <TimeAgo iso={connection.approvedAt} /> },
            {
              label: 'Last push',
              value: connection.lastPushAt ? <TimeAgo iso={connection.lastPushAt} /> : 'never',
            },
            ...(connection.lastUsed
              ? [
                  {
                    label: 'Last used',
                    value: (
                      <span>
                        <TimeAgo iso={connection.lastUsed.at} /> from{' '}
                        {connection.lastUsed.ip ?? 'an unknown address'},{' '}
                        {connection.lastUsed.userAgent ?? 'no user agent'}
                      </span>
                    ),
                  },
                ]
              : []),
            {
              label: 'SCIM base URL',
              value: `${env().PUBLIC_URL}/scim/v2`,
              copy: `${env().PUBLIC_URL}/scim/v2`,
            },
            ...(connection.disconnectedAt
              ? [{ label: 'Disconnected', value: <TimeAgo iso={connection.disconnectedAt} /> }]
              : []),
          ]}
        />
      </div>
    </Page>
  )
}
