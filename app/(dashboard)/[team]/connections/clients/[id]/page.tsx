import { notFound } from 'next/navigation'
import { ClientStatus } from '#components/connection/client-table'
import { Page } from '#components/frame/page'
import { Badge } from '#components/ui/badge'
import { KeyFacts } from '#components/ui/key-facts'
import { TextLink } from '#components/ui/text-link'
import { TimeAgo } from '#components/ui/time-ago'
import { requireTeam } from '#lib/auth/require-member'
import { allows } from '#lib/auth/signed-in'
import { type ClientDetail, clientDetail } from '#lib/connections/client-detail'
import { suggestServiceUserName } from '#lib/connections/suggest-service-user-name'
import { ClientSettings } from './client-settings.tsx'
import { Connections } from './connections.tsx'
import { RedirectUris } from './redirect-uris.tsx'
import { Secrets } from './secrets.tsx'

type Props = { params: Promise<{ team: string; id: string }> }

export default async function ClientPage({ params }: Props) {
  const { team: slug, id } = await params
  const { team, access } = await requireTeam(slug, 'reviewer')
  const client = (await clientDetail(team.id, id, Date.now())) ?? notFound()
  const admin = allows(access, 'admin')
  return (
    <Page
      crumbs={[
        { label: 'Connections', href: `/${slug}/connections` },
        { label: 'Clients', href: `/${slug}/connections/clients` },
        { label: client.name },
      ]}
      title={client.name}
      badge={
        <span className="flex items-center gap-2.5">
          <ClientStatus
            client={{ disabled: client.disabledAt !== undefined, secrets: client.secrets.length }}
          />
          {!client.confidential && <Badge>Public</Badge>}
        </span>
      }
      description="An OAuth client. It may ask for an approval, and gets tokens for what was approved."
      action={
        client.kind === 'okta' && (
          <TextLink href={`/${slug}/connections/new?client=${id}`} className="text-sm">
            Guided set-up
          </TextLink>
        )
      }
    >
      <div className="grid items-start gap-6 lg:grid-cols-[minmax(0,1fr)_18rem]">
        <div className="grid min-w-0 gap-6">
          <Secrets slug={slug} client={client} admin={admin} />
          <RedirectUris slug={slug} client={client} admin={admin} />
          <Connections
            slug={slug}
            client={client}
            admin={admin}
            suggested={await suggestServiceUserName('scim-sync', [team.id])}
          />
          {admin && <ClientSettings slug={slug} client={client} />}
        </div>
        <Facts client={client} />
      </div>
    </Page>
  )
}

function Facts({ client }: { client: ClientDetail }) {
  const by = client.registeredBy === 'operator' ? 'the operator' : client.registeredBy
  return (
    <KeyFacts
      facts={[
        { label: 'Client id', value: client.clientId, copy: client.clientId },
        {
          label: 'Proves itself by',
          value: client.confidential ? 'a secret, and PKCE if it likes' : 'PKCE (S256)',
        },
        ...(client.appName
          ? [{ label: 'App in Okta', value: <span className="font-mono text-xs">{client.appName}</span> }]
          : []),
        {
          label: 'Registered',
          value: (
            <>
              <TimeAgo iso={client.createdAt} />
              {by && <span className="block text-fg-subtle text-xs">by {by}</span>}
            </>
          ),
        },
        ...(client.disabledAt ? [{ label: 'Disabled', value: <TimeAgo iso={client.disabledAt} /> }] : []),
      ]}
    />
  )
}
