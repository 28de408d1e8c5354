import { KeyFacts } from '#components/ui/key-facts'
import { TextLink } from '#components/ui/text-link'
import { TimeAgo } from '#components/ui/time-ago'
import type { ConnectionDetail } from '#lib/connections/connection-detail'
import { scimBaseUrl } from '#lib/connections/create-service-user'

export function ConnectionFacts({ slug, connection }: { slug: string; connection: ConnectionDetail }) {
  const { client, serviceUser, lastUsed } = connection
  return (
    <KeyFacts
      facts={[
        {
          label: 'Service user',
          value: serviceUser.deleted ? (
            <>
              <span className="font-mono text-xs">{serviceUser.name}</span>
              <span className="block text-fg-subtle text-xs">deleted</span>
            </>
          ) : (
            <TextLink
              href={`/${slug}/connections/service-users/${serviceUser.id}`}
              className="font-mono text-xs"
            >
              {serviceUser.name}
            </TextLink>
          ),
        },
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
            'none: a token made by hand'
          ),
        },
        { label: 'Scopes', value: <span className="font-mono text-xs">{connection.scope}</span> },
        { label: 'Approved', value: <TimeAgo iso={connection.approvedAt} /> },
        {
          label: 'Last push',
          value: connection.lastPushAt ? <TimeAgo iso={connection.lastPushAt} /> : 'never',
        },
        ...(lastUsed
          ? [
              {
                label: 'Last used',
                value: (
                  <>
                    <TimeAgo iso={lastUsed.at} />
                    <span className="block text-fg-subtle text-xs">
                      from {lastUsed.ip ?? 'an unknown address'}
                    </span>
                    {lastUsed.userAgent && (
                      <span className="block text-fg-subtle text-xs">{lastUsed.userAgent}</span>
                    )}
                  </>
                ),
              },
            ]
          : []),
        { label: 'SCIM base URL', value: scimBaseUrl(), copy: scimBaseUrl() },
        ...(connection.disconnectedAt
          ? [{ label: 'Disconnected', value: <TimeAgo iso={connection.disconnectedAt} /> }]
          : []),
      ]}
    />
  )
}
