import { Bot } from 'lucide-react'
import { Page } from '#components/frame/page'
import { ServiceUserTable } from '#components/service-user/service-user-table'
import { EmptyState } from '#components/ui/empty-state'
import { LinkButton } from '#components/ui/link-button'
import { ListCard } from '#components/ui/list-card'
import { requireTeam } from '#lib/auth/require-member'
import { allows } from '#lib/auth/signed-in'
import { listServiceUsers } from '#lib/connections/list-service-users'
import { tokensRunningOut } from '#lib/connections/tokens-running-out'
import { ConnectionTabs } from '../connection-tabs.tsx'
import { originWords } from './origin-words.ts'

export default async function ServiceUsers({ params }: { params: Promise<{ team: string }> }) {
  const { team: slug } = await params
  const { team, access } = await requireTeam(slug, 'reviewer')
  const now = Date.now()
  const [serviceUsers, runningOut] = await Promise.all([
    listServiceUsers(team.id, now),
    tokensRunningOut({ teamId: team.id, now }),
  ])
  const endsAt = new Map(runningOut.map((each) => [each.serviceUserId, each.endsAt]))
  const create = allows(access, 'admin') && (
    <LinkButton variant="primary" href={`/${slug}/connections/service-users/new`}>
      New service user
    </LinkButton>
  )
  return (
    <Page
      crumbs={[{ label: 'Connections', href: `/${slug}/connections` }, { label: 'Service users' }]}
      title="Service users"
      description="The machine identities that connections act as. They stay when the person who approved them leaves."
      action={create}
    >
      <ConnectionTabs slug={slug} current="Service users" />
      <ListCard>
        {serviceUsers.length === 0 ? (
          <EmptyState icon={<Bot />} title="No service user yet" action={create}>
            Approving a connection makes one. For a client without OAuth, make one by hand, with a token.
          </EmptyState>
        ) : (
          <ServiceUserTable
            serviceUsers={serviceUsers.map((each) => ({
              id: each.id,
              href: `/${slug}/connections/service-users/${each.id}`,
              name: each.name,
              connection: each.connection && {
                name: each.connection.name,
                href: `/${slug}/connections/${each.connection.id}`,
              },
              origin: originWords(each.createdBy, each.connection?.clientName),
              disabled: each.disabled,
              tokenCount: each.liveTokens,
              endsAt: endsAt.get(each.id),
              lastUsedAt: each.lastUsedAt,
              lastUsedIp: each.lastUsedIp,
            }))}
          />
        )}
      </ListCard>
    </Page>
  )
}
