'use client'

import { MoreWords } from '#components/ui/more-words'
import { sortLink, type TableSort } from '#components/ui/search-href'
import { SortTh, Table, TableBody, TableHead, Td, Th, Tr } from '#components/ui/table'
import { TextLink } from '#components/ui/text-link'
import { TimeAgo } from '#components/ui/time-ago'
import { UserStatus } from './user-status.tsx'

export type UserRow = {
  id: string
  href: string
  displayName: string
  userName: string
  active: boolean
  groupCount: number
  /** The first group names, in order. */
  groups: string[]
  roles: string[]
  /** The connection that manages the user; none: made by hand. */
  source?: string
  /** ISO time of the last change. */
  changedAt: string
}

export function UserTable({ users, sort }: { users: readonly UserRow[]; sort: TableSort }) {
  return (
    <Table caption="Users">
      <TableHead>
        <SortTh {...sortLink(sort, 'name')}>Name</SortTh>
        <Th>Status</Th>
        <Th>Groups</Th>
        <Th>Roles</Th>
        <Th>Managed in</Th>
        <SortTh {...sortLink(sort, 'changedAt')} align="right">
          Last change
        </SortTh>
      </TableHead>
      <TableBody>
        {users.map((user) => (
          <Tr key={user.id} live={user.id} version={`${user.changedAt} ${user.active} ${user.groupCount}`}>
            <Td place="primary">
              <TextLink quiet href={user.href} className="block truncate" title={user.displayName}>
                {user.displayName}
              </TextLink>
              <span className="block truncate text-fg-subtle text-xs" title={user.userName}>
                {user.userName}
              </span>
            </Td>
            <Td place="aside">
              <UserStatus active={user.active} />
            </Td>
            <Td
              label={user.groupCount === 0 ? 'Groups' : undefined}
              className="max-w-full truncate sm:max-w-56"
            >
              <MoreWords words={user.groups} total={user.groupCount} />
            </Td>
            <Td label="Roles" className="max-w-full truncate sm:max-w-48">
              <MoreWords words={user.roles} none="none" />
            </Td>
            <Td place="hidden" className="text-fg-muted">
              {user.source ?? 'Not managed'}
            </Td>
            <Td align="right" className="text-fg-muted">
              <TimeAgo iso={user.changedAt} />
            </Td>
          </Tr>
        ))}
      </TableBody>
    </Table>
  )
}
