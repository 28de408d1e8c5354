import { ShieldCheck } from 'lucide-react'
import type { ReactNode } from 'react'
import { Avatar } from '#components/ui/avatar'
import { Badge } from '#components/ui/badge'
import { Table, TableBody, TableHead, Td, Th, Tr } from '#components/ui/table'
import { TimeAgo } from '#components/ui/time-ago'

export type MemberRow = {
  id: string
  name: string
  email: string
  you: boolean
  /** How they sign in, in words: "Password and code". */
  signIn: string
  twoStep: boolean
  lastSeenAt?: string
  /** The role, or what changes it. */
  role: ReactNode
  /** What takes them out of the team; none where the reader may not. */
  remove?: ReactNode
}

export function MemberTable({ members }: { members: readonly MemberRow[] }) {
  const removable = members.some((member) => member.remove)
  return (
    <Table caption="Members">
      <TableHead>
        <Th>Name</Th>
        <Th>Role</Th>
        <Th>Sign-in</Th>
        <Th align="right">Last seen</Th>
        {removable && (
          <Th>
            <span className="sr-only">Remove</span>
          </Th>
        )}
      </TableHead>
      <TableBody>
        {members.map((member) => (
          <Tr key={member.id}>
            <Td place="primary">
              <span className="flex min-w-0 items-center gap-2.5">
                <Avatar name={member.name} />
                <span className="min-w-0">
                  <span className="flex items-center gap-2">
                    <span className="truncate font-medium" title={member.name}>
                      {member.name}
                    </span>
                    {member.you && <Badge>You</Badge>}
                  </span>
                  <span className="block truncate text-fg-subtle text-xs" title={member.email}>
                    {member.email}
                  </span>
                </span>
              </span>
            </Td>
            <Td place="aside">{member.role}</Td>
            <Td className="text-fg-muted">
              <span className="inline-flex items-center gap-1.5">
                {member.twoStep && <ShieldCheck aria-hidden="true" className="size-3.5 text-success" />}
                {member.signIn}
              </span>
            </Td>
            <Td align="right" className="text-fg-muted">
              {member.lastSeenAt ? <TimeAgo iso={member.lastSeenAt} /> : 'never'}
            </Td>
            {removable && (
              <Td align="right" className="max-sm:ml-auto">
                {member.remove}
              </Td>
            )}
          </Tr>
        ))}
      </TableBody>
    </Table>
  )
}
