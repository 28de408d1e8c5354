'use client'

import { ClientMark } from '#components/ui/client-mark'
import { Table, TableBody, TableHead, Td, Th, Tr } from '#components/ui/table'
import { TextLink } from '#components/ui/text-link'
import { TimeAgo } from '#components/ui/time-ago'
import { type ConnectionState, ConnectionStatus } from './connection-status.tsx'

export type ConnectionRow = {
  id: string
  href: string
  name: string
  serviceUser: string
  state: ConnectionState
  /** Its last token ends soon, or has ended. */
  tokensEnd?: { state: 'ending' | 'ended'; endsAt: string }
  lastPushAt?: string
  userCount: number
  /** There are more than `userCount`. */
  usersAreMore?: boolean
  groupCount: number
  /** Failed requests in the last 24 hours. */
  errorCount: number
  errorsHref?: string
}

export function ConnectionTable({ connections }: { connections: readonly ConnectionRow[] }) {
  return (
    <Table caption="Connections">
      <TableHead>
        <Th>Name</Th>
        <Th>Status</Th>
        <Th align="right">Users</Th>
        <Th align="right">Groups</Th>
        <Th align="right">Errors (24 h)</Th>
        <Th align="right">Last push</Th>
      </TableHead>
      <TableBody>
        {connections.map((connection) => (
          <Tr key={connection.id}>
            <Td place="primary">
              <span className="flex min-w-0 items-center gap-2.5">
                <ClientMark name={connection.name} />
                <span className="min-w-0">
                  <TextLink quiet href={connection.href} className="block truncate" title={connection.name}>
                    {connection.name}
                  </TextLink>
                  <span className="block truncate font-mono text-fg-subtle text-xs">
                    {connection.serviceUser}
                  </span>
                </span>
              </span>
            </Td>
            <Td place="aside">
              <ConnectionStatus state={connection.state} />
              {connection.tokensEnd?.state === 'ending' && (
                <span className="block text-warning text-xs">
                  Token ends <TimeAgo iso={connection.tokensEnd.endsAt} />
                </span>
              )}
            </Td>
            <Td align="right" label="Users">
              {connection.userCount.toLocaleString('en')}
              {connection.usersAreMore && '+'}
            </Td>
            <Td align="right" label="Groups">
              {connection.groupCount.toLocaleString('en')}
            </Td>
            <Td align="right" label="Errors">
              {connection.errorCount > 0 && connection.errorsHref ? (
                <TextLink href={connection.errorsHref} className="text-danger">
                  {connection.errorCount.toLocaleString('en')}
                </TextLink>
              ) : (
                connection.errorCount.toLocaleString('en')
              )}
            </Td>
            <Td align="right" className="text-fg-muted">
              {connection.lastPushAt ? <TimeAgo iso={connection.lastPushAt} /> : 'never'}
            </Td>
          </Tr>
        ))}
      </TableBody>
    </Table>
  )
}
