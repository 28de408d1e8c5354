import type { ReactNode } from 'react'
import { Table, TableBody, TableHead, Td, Th, Tr } from '#components/ui/table'
import { TextLink } from '#components/ui/text-link'
import { TimeAgo } from '#components/ui/time-ago'
import { UserStatus } from '#components/user/user-status'

export type MembershipRow = {
  id: string
  href: string
  name: string
  userName: string
  active: boolean
  addedAt: string
  /** "Okta push", "by hand", with the request that did it. */
  addedBy?: { label: string; href?: string }
}

/** The people in a group. `remove` renders an act per row, for groups kept by hand. */
export function MembershipTable({
  members,
  remove,
}: {
  members: readonly MembershipRow[]
  remove?: (member: MembershipRow) => ReactNode
}) {
  return (
    <Table caption="Members">
      <TableHead>
        <Th>Name</Th>
        <Th>Status</Th>
        <Th>Added by</Th>
        <Th align="right">Added</Th>
        {remove && (
          <Th>
            <span className="sr-only">Remove</span>
          </Th>
        )}
      </TableHead>
      <TableBody>
        {members.map((member) => (
          <Tr key={member.id} live={member.id} version={`${member.active}`}>
            <Td place="primary">
              <TextLink quiet href={member.href} className="block truncate" title={member.name}>
                {member.name}
              </TextLink>
              <span className="block truncate text-fg-subtle text-xs" title={member.userName}>
                {member.userName}
              </span>
            </Td>
            <Td place="aside">
              <UserStatus active={member.active} />
            </Td>
            <Td className="text-fg-muted">
              {member.addedBy?.href ? (
                <TextLink href={member.addedBy.href}>{member.addedBy.label}</TextLink>
              ) : (
                (member.addedBy?.label ?? '–')
              )}
            </Td>
            <Td align="right" className="text-fg-muted">
              <TimeAgo iso={member.addedAt} />
            </Td>
            {remove && <Td align="right">{remove(member)}</Td>}
          </Tr>
        ))}
      </TableBody>
    </Table>
  )
}
