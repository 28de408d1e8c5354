import { Cable } from 'lucide-react'
import { ConnectionTable } from '#components/connection/connection-table'
import { TokenWarnings } from '#components/connection/token-warnings'
import { Page } from '#components/frame/page'
import { EmptyState } from '#components/ui/empty-state'
import { LinkButton } from '#components/ui/link-button'
import { ListCard } from '#components/ui/list-card'
import { errorsOfLastDay } from '#lib/activity/activity-counts'
import { requireTeam } from '#lib/auth/require-member'
import { allows } from '#lib/auth/signed-in'
import { connectionSummaries } from '#lib/connections/connection-summaries'
import { managedCounts } from '#lib/directory/pages/managed-counts'
import { shownConnections } from '../connection-rows.ts'
import { ConnectionTabs } from './connection-tabs.tsx'
import { tokenWarnings } from './token-warnings.ts'

export default async function Connections({ params }: { params: Promise<{ team: string }> }) {
  const { team: slug } = await params
  const { team, access } = await requireTeam(slug, 'reviewer')
  const now = Date.now()
  const admin = allows(access, 'admin')
  const [connections, errors, managed, warnings] = await Promise.all([
    connectionSummaries(team.id),
    errorsOfLastDay(team.id, now),
    managedCounts(team.id),
    tokenWarnings(team, admin, now),
  ])
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
            connections={shownConnections(slug, connections, errors.byConnection, managed, warnings, now)}
          />
        )}
      </ListCard>
    </Page>
  )
}
