import { Cable } from 'lucide-react'
import { ConnectionTable } from '#components/connection/connection-table'
import { TokenWarnings } from '#components/connection/token-warnings'
import { Page } from '#components/frame/page'
import { EmptyState } from '#components/ui/empty-state'
import { LinkButton } from '#components/ui/link-button'
import { ListCard } from '#components/ui/list-card'
import { errorsByConnection } from '#lib/activity/activity-counts'
import { requireTeam } from '#lib/auth/require-member'
import { allows } from '#lib/auth/signed-in'
import { connectionSummaries, healthOf } from '#lib/connections/connection-summaries'
import { managedCounts } from '#lib/directory/pages/directory-counts'
import { ConnectionTabs } from './connection-tabs.tsx'
import { tokenWarnings } from './token-warnings.ts'

export const metadata = { title: 'Connections' }

export default async function Connections({ params }: { params: Promise<{ team: string }> }) {
  const { team: slug } = await params
  const { team, access } = await requireTeam(slug, 'reviewer')
  const now = Date.now()
  const admin = allows(access, 'admin')
  const [connections, errors, managed, warnings] = await Promise.all([
    connectionSummaries(team.id),
    errorsByConnection(team.id, now),
    managedCounts(team.id),
    tokenWarnings(team, admin, now),
  ])
  const runningOut = new Map(warnings.map((each) => [each.id, each]))
  const connect = admin && (
    <LinkButton variant="primary" href={`/${slug}/connections/new`}>
      Connect Okta
    </LinkButton>
  )
  return (
    <Page
      crumbs={[{ label: 'Connections' }]}
      title="Connections"
      description="Who may provision this team, and how each is doing."
      action={connect}
    >
      <ConnectionTabs slug={slug} current="Connections" />
      <TokenWarnings warnings={warnings} />
      <ListCard>
        {connections.length === 0 ? (
          <EmptyState icon={<Cable />} title="No connection yet" action={connect}>
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
              tokensEnd: runningOut.get(each.id),
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
    </Page>
  )
}
