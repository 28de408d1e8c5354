'use client'

import { MoreWords } from '#components/ui/more-words'
import { sortLink, type TableSort } from '#components/ui/search-href'
import { SortTh, Table, TableBody, TableHead, Td, Th, Tr } from '#components/ui/table'
import { TextLink } from '#components/ui/text-link'
import { TimeAgo } from '#components/ui/time-ago'
import { type PushStatus, PushStatusBadge } from './push-status-badge.tsx'

export type GroupRow = {
  id: string
  href: string
  displayName: string
  memberCount: number
  /** Members Okta named that Muster does not know (yet). */
  unresolvedCount: number
  roles: string[]
  /** None: never pushed (made by hand, or there from the start). */
  pushStatus?: PushStatus
  /** Shown under the badge while it is Error. */
  cause?: string
  source?: string
  /** Muster’s own, there from the start. */
  system?: boolean
  lastPushAt?: string
}

export function GroupTable({ groups, sort }: { groups: readonly GroupRow[]; sort: TableSort }) {
  return (
    <Table caption="Groups">
      <TableHead>
        <SortTh {...sortLink(sort, 'name')}>Name</SortTh>
        <SortTh {...sortLink(sort, 'members')} align="right">
          Members
        </SortTh>
        <Th>Roles</Th>
        <Th>Push status</Th>
        <SortTh {...sortLink(sort, 'pushedAt')} align="right">
          Last push
        </SortTh>
      </TableHead>
      <TableBody>
        {groups.map((group) => (
          <Tr
            key={group.id}
            live={group.id}
            version={`${group.displayName} ${group.memberCount} ${group.unresolvedCount} ${group.pushStatus} ${group.lastPushAt}`}
          >
            <Td place="primary">
              <TextLink quiet href={group.href} className="block truncate" title={group.displayName}>
                {group.displayName}
              </TextLink>
            </Td>
            <Td align="right" label="Members">
              {group.memberCount.toLocaleString('en')}
              {group.unresolvedCount > 0 && (
                <span className="block whitespace-nowrap text-warning text-xs max-sm:ml-1 max-sm:inline">
                  {group.unresolvedCount.toLocaleString('en')} unresolved
                </span>
              )}
            </Td>
            <Td label="Roles" className="sm:max-w-48 sm:truncate">
              <MoreWords words={group.roles} none="none" />
            </Td>
            <Td place="aside" className="sm:max-w-72">
              {group.pushStatus ? (
                <PushStatusBadge status={group.pushStatus} />
              ) : (
                <span className="text-fg-subtle">{group.system ? 'Muster’s own' : 'Not pushed'}</span>
              )}
              {group.cause && (
                <span className="mt-0.5 block truncate text-danger text-xs max-sm:hidden" title={group.cause}>
                  {group.cause}
                </span>
              )}
            </Td>
            <Td align="right" className="text-fg-muted">
              {group.lastPushAt ? (
                <TimeAgo iso={group.lastPushAt} />
              ) : (
                <span className="max-sm:hidden">–</span>
              )}
            </Td>
          </Tr>
        ))}
      </TableBody>
    </Table>
  )
}
