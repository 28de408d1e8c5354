import { UsersRound } from 'lucide-react'
import { MembershipTable } from '#components/group/member-table'
import { EmptyState } from '#components/ui/empty-state'
import { ListCard } from '#components/ui/list-card'
import { pagesOf } from '#components/ui/page-position'
import { Pagination } from '#components/ui/pagination'
import type { SearchState } from '#components/ui/search-href'
import type { GroupDetail } from '#lib/directory/pages/group-detail'
import { everyoneMembers, groupMembers } from '#lib/directory/pages/group-members'
import { PAGE_SIZE } from '#lib/directory/pages/keyset'
import { AddMember, RemoveMember } from './group-actions.tsx'

/** The people in a group, page by page; one kept by hand gets and loses them here. */
export async function GroupMembers({
  slug,
  teamId,
  group,
  byHand,
  state,
}: {
  slug: string
  teamId: string
  group: GroupDetail
  byHand: boolean
  state: SearchState
}) {
  const page =
    group.system === 'everyone'
      ? await everyoneMembers(teamId, state)
      : await groupMembers(teamId, group.id, state)
  const path = `/${slug}/groups/${group.id}`
  return (
    <ListCard>
      {byHand && <AddMember slug={slug} id={group.id} />}
      {page.rows.length === 0 ? (
        <EmptyState compact icon={<UsersRound />} title="No members yet">
          {howTheyCome(group, byHand)}
        </EmptyState>
      ) : (
        <MembershipTable
          remove={
            byHand
              ? (member) => (
                  <RemoveMember slug={slug} groupId={group.id} group={group.displayName} member={member} />
                )
              : undefined
          }
          members={page.rows.map((member) => ({
            id: member.userId,
            href: `/${slug}/users/${member.userId}`,
            name: member.displayName ?? member.userName,
            userName: member.userName,
            active: member.active,
            addedAt: member.addedAt,
            addedBy: member.exchangeId
              ? { label: 'Okta push', href: `/${slug}/activity/${member.exchangeId}` }
              : { label: group.system === 'everyone' ? 'Always' : 'By hand' },
          }))}
        />
      )}
      {(page.after || page.before) && (
        <Pagination
          {...pagesOf({
            path,
            state,
            page,
            size: PAGE_SIZE,
            total: `${group.memberCount.toLocaleString('en')} members`,
          })}
        />
      )}
    </ListCard>
  )
}

function howTheyCome(group: GroupDetail, byHand: boolean): string {
  if (group.system) return 'Every user of the directory is in it.'
  if (byHand) return 'Add the first one above.'
  return group.managedBy
    ? 'Okta sends those members who are assigned to the app as well: assign them, then choose Push now.'
    : 'An admin of the team adds them by hand.'
}
