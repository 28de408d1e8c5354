import { notFound } from 'next/navigation'
import { Page } from '#components/frame/page'
import { PushStatusBadge } from '#components/group/push-status-badge'
import { Tabs } from '#components/ui/tabs'
import { TimeAgo } from '#components/ui/time-ago'
import { ManagedBadge } from '#components/user/user-status'
import { requireTeam } from '#lib/auth/require-member'
import { allows } from '#lib/auth/signed-in'
import { type GroupDetail, groupDetail } from '#lib/directory/pages/group-detail'
import { isKeptByHand } from '#lib/directory/pages/kept-by-hand'
import { oneOf, readSearch, type SearchParams } from '../../read-search.ts'
import { GroupActions } from './group-actions.tsx'
import { GroupFacts } from './group-facts.tsx'
import { GroupMembers } from './group-members.tsx'
import { GroupNotices } from './group-notices.tsx'
import { GroupPushes } from './group-pushes.tsx'
import { GroupRoles } from './group-roles.tsx'
import { Owners } from './owners.tsx'

type Props = { params: Promise<{ team: string; id: string }>; searchParams: SearchParams }

export default async function GroupPage({ params, searchParams }: Props) {
  const { team: slug, id } = await params
  const { team, access } = await requireTeam(slug, 'reviewer')
  const group = (await groupDetail(team.id, id, Date.now())) ?? notFound()
  const state = await readSearch(searchParams, ['tab', 'after', 'before', 'first'])
  const tab = oneOf(state.tab, ['roles', 'pushes']) ?? 'members'
  const path = `/${slug}/groups/${group.id}`
  const admin = allows(access, 'admin')
  const byHand = admin && isKeptByHand(group)
  return (
    <Page
      crumbs={[{ label: 'Groups', href: `/${slug}/groups` }, { label: group.displayName }]}
      title={group.displayName}
      badge={group.managedBy && <PushStatusBadge status={group.push.status} />}
      description={<Origin group={group} />}
      action={byHand && <GroupActions slug={slug} id={group.id} name={group.displayName} />}
    >
      <GroupNotices slug={slug} group={group} />
      <div className="grid items-start gap-6 lg:grid-cols-[minmax(0,1fr)_18rem]">
        <div className="grid min-w-0 gap-4">
          <Tabs
            label="Group"
            tabs={[
              {
                href: path,
                label: 'Members',
                // Owners are members of Muster, and counted there.
                count: group.system === 'owners' ? undefined : group.memberCount,
                current: tab === 'members',
              },
              {
                href: `${path}?tab=roles`,
                label: 'Roles',
                count: group.grants.length,
                current: tab === 'roles',
              },
              ...(group.system
                ? []
                : [{ href: `${path}?tab=pushes`, label: 'Push history', current: tab === 'pushes' }]),
            ]}
          />
          {tab === 'members' && group.system === 'owners' && <Owners slug={slug} teamId={team.id} />}
          {tab === 'members' && group.system !== 'owners' && (
            <GroupMembers slug={slug} teamId={team.id} group={group} byHand={byHand} state={state} />
          )}
          {tab === 'roles' && <GroupRoles slug={slug} teamId={team.id} group={group} admin={admin} />}
          {tab === 'pushes' && <GroupPushes slug={slug} teamId={team.id} group={group} />}
        </div>
        <GroupFacts slug={slug} group={group} />
      </div>
    </Page>
  )
}

function Origin({ group }: { group: GroupDetail }) {
  if (group.system) return 'Muster’s own group, there from the start.'
  return (
    <span className="flex flex-wrap items-center gap-2">
      <ManagedBadge source={group.managedBy?.name} ended={group.managedBy && !group.managedBy.live} />
      {group.managedBy && group.lastPushAt && (
        <span>
          Pushed <TimeAgo iso={group.lastPushAt} /> by {group.managedBy.name}
        </span>
      )}
    </span>
  )
}
