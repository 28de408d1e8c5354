import { Cable } from 'lucide-react'
import { ConnectionTable } from '#components/connection/connection-table'
import { Page } from '#components/frame/page'
import { ActionForm } from '#components/ui/action-form'
import { Badge } from '#components/ui/badge'
import { Card, CardBody, CardHeader } from '#components/ui/card'
import { EmptyState } from '#components/ui/empty-state'
import { LinkButton } from '#components/ui/link-button'
import { ListCard } from '#components/ui/list-card'
import { SubmitButton } from '#components/ui/submit-button'
import { TextLink } from '#components/ui/text-link'
import { errorsByConnection } from '#lib/activity/activity-counts'
import { requireTeam } from '#lib/auth/require-member'
import { allows } from '#lib/auth/signed-in'
import { teamClients } from '#lib/connections/client-pages'
import { connectionSummaries, healthOf } from '#lib/connections/connection-summaries'
import { managedCounts } from '#lib/directory/pages/directory-counts'
import { toggleClient } from './actions.ts'
import { ClientSecretForm } from './client-secret-form.tsx'

export const metadata = { title: 'Connections' }

export default async function Connections({ params }: { params: Promise<{ team: string }> }) {
  const { team: slug } = await params
  const { team, access } = await requireTeam(slug, 'reviewer')
  const now = Date.now()
  const [connections, clients, errors, managed] = await Promise.all([
    connectionSummaries(team.id),
    teamClients(team.id),
    errorsByConnection(team.id, now),
    managedCounts(team.id),
  ])
  const admin = allows(access, 'admin')
  return (
    <Page
      crumbs={[{ label: 'Connections' }]}
      title="Connections"
      description="Who may provision this team, and how each is doing."
      action={
        admin && (
          <span className="flex gap-2">
            <LinkButton href={`/${slug}/connections/by-hand`}>Token by hand</LinkButton>
            <LinkButton variant="primary" href={`/${slug}/connections/new`}>
              Connect Okta
            </LinkButton>
          </span>
        )
      }
    >
      <div className="grid gap-6">
        <ListCard>
          {connections.length === 0 ? (
            <EmptyState
              icon={<Cable />}
              title="No connection yet"
              action={admin && <LinkButton href={`/${slug}/connections/new`}>Connect Okta</LinkButton>}
            >
              Connect Okta, and users, groups and roles arrive by themselves.
            </EmptyState>
          ) : (
            <ConnectionTable
              connections={connections.map((each) => ({
                id: each.id,
                href: `/${slug}/connections/${each.id}`,
                name: each.name,
                serviceUser: each.serviceUserName,
                state: healthOf(each, now),
                lastPushAt: each.lastPushAt,
                userCount: managed.get(each.id)?.users ?? 0,
                usersAreMore: managed.get(each.id)?.usersAreMore,
                groupCount: managed.get(each.id)?.groups ?? 0,
                errorCount: errors.get(each.id) ?? 0,
                errorsHref: `/${slug}/activity?connection=${each.id}&outcome=errors&range=24h`,
              }))}
            />
          )}
        </ListCard>
        {clients.length > 0 && (
          <Card>
            <CardHeader title="Registered clients" description="Okta apps that may ask for approval." />
            {clients.map((client) => (
              <CardBody key={client.id} className="grid gap-2 border-b text-sm last:border-b-0">
                <p className="flex flex-wrap items-center gap-2">
                  <TextLink href={`/${slug}/connections/new?client=${client.id}`}>{client.name}</TextLink>
                  <span className="font-mono text-xs">{client.clientId}</span>
                  {client.disabled && <Badge>Disabled</Badge>}
                </p>
                <p className="break-all text-fg-subtle text-xs">{client.redirectUris.join(' · ')}</p>
                {admin && (
                  <div className="flex flex-wrap items-start gap-2">
                    <ClientSecretForm slug={slug} clientRowId={client.id} />
                    <ActionForm action={toggleClient.bind(null, slug, client.id, !client.disabled)}>
                      <SubmitButton variant="ghost" size="sm" pending="Saving…">
                        {client.disabled ? 'Enable' : 'Disable'}
                      </SubmitButton>
                    </ActionForm>
                  </div>
                )}
              </CardBody>
            ))}
          </Card>
        )}
      </div>
    </Page>
  )
}
