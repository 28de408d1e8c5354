import { Avatar } from '#components/ui/avatar'
import { Status } from '#components/ui/badge'
import { Table, TableBody, TableHead, Td, Th, Tr } from '#components/ui/table'
import { TextLink } from '#components/ui/text-link'
import { TimeAgo } from '#components/ui/time-ago'

export type ServiceUserRow = {
  id: string
  href: string
  name: string
  /** The connection it was made for; none: made by hand. */
  connection?: { name: string; href: string }
  /** "approved by dana@acme.com", "made by the command line" */
  origin: string
  disabled: boolean
  /** Live tokens. */
  tokenCount: number
  /** When its last token ends, if soon enough to say so. */
  endsAt?: string
  lastUsedAt?: string
  lastUsedIp?: string
}

export function ServiceUserTable({ serviceUsers }: { serviceUsers: readonly ServiceUserRow[] }) {
  return (
    <Table caption="Service users">
      <TableHead>
        <Th>Name</Th>
        <Th>Status</Th>
        <Th>Connection</Th>
        <Th align="right">Live tokens</Th>
        <Th align="right">Last used</Th>
      </TableHead>
      <TableBody>
        {serviceUsers.map((serviceUser) => (
          <Tr key={serviceUser.id}>
            <Td place="primary">
              <span className="flex min-w-0 items-center gap-2.5">
                <Avatar name={serviceUser.name} kind="serviceUser" />
                <span className="min-w-0">
                  <TextLink quiet href={serviceUser.href} className="block truncate font-mono text-xs">
                    {serviceUser.name}
                  </TextLink>
                  <span className="block truncate text-fg-subtle text-xs">{serviceUser.origin}</span>
                </span>
              </span>
            </Td>
            <Td place="aside">
              <ServiceUserStatus serviceUser={serviceUser} />
            </Td>
            <Td label={serviceUser.connection ? undefined : 'Connection'}>
              {serviceUser.connection ? (
                <TextLink href={serviceUser.connection.href}>{serviceUser.connection.name}</TextLink>
              ) : (
                <span className="text-fg-subtle">none</span>
              )}
            </Td>
            <Td align="right" label="Live tokens">
              {serviceUser.tokenCount}
            </Td>
            <Td align="right" className="text-fg-muted">
              {serviceUser.lastUsedAt ? (
                <>
                  <TimeAgo iso={serviceUser.lastUsedAt} />
                  {serviceUser.lastUsedIp && (
                    <span className="block text-fg-subtle text-xs max-sm:hidden">
                      from {serviceUser.lastUsedIp}
                    </span>
                  )}
                </>
              ) : (
                'never used'
              )}
            </Td>
          </Tr>
        ))}
      </TableBody>
    </Table>
  )
}

export function ServiceUserStatus({
  serviceUser,
}: {
  serviceUser: Pick<ServiceUserRow, 'disabled' | 'tokenCount' | 'endsAt'>
}) {
  if (serviceUser.disabled) return <Status hollow>Disabled</Status>
  if (serviceUser.tokenCount === 0) return <Status tone="warning">No live token</Status>
  if (serviceUser.endsAt) {
    return (
      <Status tone="warning">
        <span>
          Token ends <TimeAgo iso={serviceUser.endsAt} />
        </span>
      </Status>
    )
  }
  return <Status tone="success">Active</Status>
}
