import { Badge, Status } from '#components/ui/badge'
import { ClientMark } from '#components/ui/client-mark'
import { Table, TableBody, TableHead, Td, Th, Tr } from '#components/ui/table'
import { TextLink } from '#components/ui/text-link'
import { TimeAgo } from '#components/ui/time-ago'

export type ClientRow = {
  id: string
  href: string
  name: string
  clientId: string
  public: boolean
  disabled: boolean
  redirectUris: number
  connections: number
  /** While one is being replaced there are two. */
  secrets: number
  registeredBy?: string
  createdAt: string
}

export function ClientTable({ clients }: { clients: readonly ClientRow[] }) {
  return (
    <Table caption="Registered clients">
      <TableHead>
        <Th>Name</Th>
        <Th>Status</Th>
        <Th align="right">Connections</Th>
        <Th align="right">Redirect URIs</Th>
        <Th align="right">Registered</Th>
      </TableHead>
      <TableBody>
        {clients.map((client) => (
          <Tr key={client.id}>
            <Td place="primary">
              <span className="flex min-w-0 items-center gap-2.5">
                <ClientMark name={client.name} />
                <span className="min-w-0">
                  <span className="flex items-center gap-2">
                    <TextLink quiet href={client.href} className="truncate" title={client.name}>
                      {client.name}
                    </TextLink>
                    {client.public && <Badge>Public</Badge>}
                  </span>
                  <span className="block truncate font-mono text-fg-subtle text-xs">{client.clientId}</span>
                </span>
              </span>
            </Td>
            <Td place="aside">
              <ClientStatus client={client} />
            </Td>
            <Td align="right" label="Connections">
              {client.connections}
            </Td>
            <Td align="right" label="Redirect URIs">
              {client.redirectUris}
            </Td>
            <Td align="right" className="text-fg-muted" title={client.registeredBy}>
              <TimeAgo iso={client.createdAt} />
            </Td>
          </Tr>
        ))}
      </TableBody>
    </Table>
  )
}

export function ClientStatus({ client }: { client: Pick<ClientRow, 'disabled' | 'secrets'> }) {
  if (client.disabled) return <Status hollow>Disabled</Status>
  if (client.secrets > 1) return <Status tone="info">Secret being replaced</Status>
  return <Status tone="success">Active</Status>
}
