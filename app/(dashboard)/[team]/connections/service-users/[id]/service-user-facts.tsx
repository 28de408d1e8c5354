import { type KeyFact, KeyFacts } from '#components/ui/key-facts'
import { TextLink } from '#components/ui/text-link'
import { TimeAgo } from '#components/ui/time-ago'
import type { ServiceUserConnection, ServiceUserDetail } from '#lib/connections/service-user-detail'

export function ServiceUserFacts({ slug, serviceUser }: { slug: string; serviceUser: ServiceUserDetail }) {
  const { lastUsed } = serviceUser
  const [newest] = serviceUser.connections
  return (
    <KeyFacts
      facts={[
        ...serviceUser.connections.map((each) => connectionFact(slug, each)),
        ...(newest ? approvalFacts(slug, newest) : []),
        {
          label: 'Last used',
          value: lastUsed ? (
            <>
              <TimeAgo iso={lastUsed.at} />
              <span className="block text-fg-subtle text-xs">
                {lastUsed.ip ? `from ${lastUsed.ip}` : 'from an unknown address'}
              </span>
              {lastUsed.userAgent && (
                <span className="block text-fg-subtle text-xs">{lastUsed.userAgent}</span>
              )}
            </>
          ) : (
            'never'
          ),
        },
        { label: 'Id', value: serviceUser.id, copy: serviceUser.id },
      ]}
    />
  )
}

function connectionFact(slug: string, connection: ServiceUserConnection): KeyFact {
  return {
    label: connection.disconnectedAt ? 'Connection, disconnected' : 'Connection',
    value: <TextLink href={`/${slug}/connections/${connection.id}`}>{connection.name}</TextLink>,
  }
}

function approvalFacts(slug: string, connection: ServiceUserConnection): KeyFact[] {
  const { client, approvedBy } = connection
  const by = approvedBy === 'operator' ? 'the operator' : approvedBy
  return [
    {
      label: 'Client',
      value: client ? (
        <>
          {client.ownerTeamId ? (
            <TextLink href={`/${slug}/connections/clients/${client.id}`}>{client.name}</TextLink>
          ) : (
            client.name
          )}
          <span className="block font-mono text-fg-subtle text-xs">{client.clientId}</span>
        </>
      ) : (
        'none: made by hand'
      ),
    },
    {
      label: client ? 'Approved' : 'Made',
      value: (
        <>
          <TimeAgo iso={connection.approvedAt} />
          <span className="block text-fg-subtle text-xs">by {by}</span>
        </>
      ),
    },
    { label: 'Scopes', value: <span className="font-mono text-xs">{connection.scope}</span> },
  ]
}
