import { Badge } from '#components/ui/badge'
import { MoreWords } from '#components/ui/more-words'
import { Table, TableBody, TableHead, Td, Th, Tr } from '#components/ui/table'
import { TextLink } from '#components/ui/text-link'

export type RoleRow = {
  id: string
  href: string
  name: string
  title: string
  description: string
  /** There from the start; cannot be removed. */
  builtIn: boolean
  groups: string[]
  groupCount: number
  userCount: number
  /** Its groups' sizes added up: who is in several counts several times. */
  userCountIsAbout: boolean
}

export function RoleTable({ roles }: { roles: readonly RoleRow[] }) {
  return (
    <Table caption="Roles">
      <TableHead>
        <Th>Role</Th>
        <Th>Granted to groups</Th>
        <Th align="right">People</Th>
      </TableHead>
      <TableBody>
        {roles.map((role) => (
          <Tr key={role.id} live={role.id} version={`${role.groupCount} ${role.userCount}`}>
            <Td place="primary">
              <span className="flex flex-wrap items-center gap-x-2">
                <TextLink quiet href={role.href} className="truncate">
                  {role.title}
                </TextLink>
                <span className="font-mono text-fg-subtle text-xs">{role.name}</span>
                {role.builtIn && <Badge>Built in</Badge>}
              </span>
              <span className="block text-fg-muted text-xs">{role.description}</span>
            </Td>
            <Td>
              <MoreWords words={role.groups} total={role.groupCount} none="No group yet" />
            </Td>
            <Td align="right" label="People">
              {role.userCountIsAbout && 'about '}
              {role.userCount.toLocaleString('en')}
            </Td>
          </Tr>
        ))}
      </TableBody>
    </Table>
  )
}
