import type { ReactNode } from 'react'
import { Table, TableBody, TableHead, Td, Th, Tr } from '#components/ui/table'
import { TimeAgo } from '#components/ui/time-ago'

export type RuleRow = {
  id: string
  /** How the group's name is compared. */
  match: 'exact' | 'pattern'
  name: string
  role: string
  /** Groups that have a role by this rule now. */
  groupCount: number
  createdBy: string
  createdAt: string
}

/** "A pushed group named … gets role …" */
export function RuleTable({
  rules,
  remove,
}: {
  rules: readonly RuleRow[]
  remove?: (rule: RuleRow) => ReactNode
}) {
  return (
    <Table caption="Rules that grant roles when a group arrives">
      <TableHead>
        <Th>A pushed group</Th>
        <Th>gets role</Th>
        <Th align="right">Groups now</Th>
        <Th align="right">Added</Th>
        {remove && (
          <Th>
            <span className="sr-only">Remove</span>
          </Th>
        )}
      </TableHead>
      <TableBody>
        {rules.map((rule) => (
          <Tr key={rule.id} live={rule.id} version={`${rule.groupCount}`}>
            <Td place="primary">
              {rule.match === 'exact' ? 'named ' : 'matching '}
              <span className="font-mono text-xs [overflow-wrap:anywhere]">{rule.name}</span>
            </Td>
            <Td label="gets" className="font-mono text-xs">
              {rule.role}
            </Td>
            <Td align="right" label="Groups">
              {rule.groupCount.toLocaleString('en')}
            </Td>
            <Td align="right" className="text-fg-muted">
              <span title={`by ${rule.createdBy}`}>
                <TimeAgo iso={rule.createdAt} />
              </span>
            </Td>
            {remove && (
              <Td place="aside" align="right">
                {remove(rule)}
              </Td>
            )}
          </Tr>
        ))}
      </TableBody>
    </Table>
  )
}
