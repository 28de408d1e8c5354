import { AppWindow } from 'lucide-react'
import { ClientTable } from '#components/connection/client-table'
import { Page } from '#components/frame/page'
import { EmptyState } from '#components/ui/empty-state'
import { LinkButton } from '#components/ui/link-button'
import { ListCard } from '#components/ui/list-card'
import { requireTeam } from '#lib/auth/require-member'
import { allows } from '#lib/auth/signed-in'
import { listClients } from '#lib/connections/list-clients'
import { ConnectionTabs } from '../connection-tabs.tsx'

export default async function Clients({ params }: { params: Promise<{ team: string }> }) {
  const { team: slug } = await params
  const { team, access } = await requireTeam(slug, 'reviewer')
  const clients = await listClients(team.id, Date.now())
  const register = allows(access, 'admin') && (
    <span className="flex flex-wrap gap-2">
      <LinkButton href={`/${slug}/connections/clients/new`}>Another client</LinkButton>
      <LinkButton variant="primary" href={`/${slug}/connections/new`}>
        Connect Okta
      </LinkButton>
    </span>
  )
  return (
    <Page
      crumbs={[{ label: 'Connections', href: `/${slug}/connections` }, { label: 'Clients' }]}
      title="Clients"
      description="OAuth clients that this team registered: they may ask for an approval. Being registered gives no access. Clients of the whole installation, which its operator registers, are not among them."
      action={register}
    >
      <ConnectionTabs slug={slug} current="Clients" />
      <ListCard>
        {clients.length === 0 ? (
          <EmptyState icon={<AppWindow />} title="No client yet" action={register}>
            Connecting Okta registers its app here, with the addresses that it may lead back to.
          </EmptyState>
        ) : (
          <ClientTable
            clients={clients.map((client) => ({
              ...client,
              href: `/${slug}/connections/clients/${client.id}`,
              public: !client.confidential,
              secrets: client.liveSecrets,
            }))}
          />
        )}
      </ListCard>
    </Page>
  )
}
