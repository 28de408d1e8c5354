import { notFound } from 'next/navigation'
import { Page } from '#components/frame/page'
import { MembershipTable } from '#components/group/member-table'
import { PushHistory } from '#components/group/push-history'
import { PushStatusBadge } from '#components/group/push-status-badge'
import { PushErrorNotice } from '#components/group/push-status-notice'
import { UnresolvedMembers } from '#components/group/unresolved-members'
import { Card, CardHeader } from '#components/ui/card'
import { DayBars } from '#components/ui/day-bars'
import { EmptyState } from '#components/ui/empty-state'
import { KeyFacts } from '#components/ui/key-facts'
import { LinkButton } from '#components/ui/link-button'
import { Pagination } from '#components/ui/pagination'
import { searchHref } from '#components/ui/search-href'
import { TextLink } from '#components/ui/text-link'
import { TimeAgo } from '#components/ui/time-ago'
import { ManagedBadge } from '#components/user/user-status'
import { dayCounts } from '#lib/activity/activity-counts'
import { listActivity } from '#lib/activity/list-activity'
import { requireTeam } from '#lib/auth/require-member'
import { allows } from '#lib/auth/signed-in'
import { groupDetail } from '#lib/directory/pages/group-detail'
import { everyoneMembers, groupMembers } from '#lib/directory/pages/group-members'
import { readSearch, type SearchParams } from '../../read-search.ts'
import { pushEntries } from '../push-entries.ts'
import { AddMember, GroupActions, RemoveMember } from './group-actions.tsx'
import { GroupRoles } from './group-roles.tsx'
import { SignInOwners } from './sign-in-owners.tsx'

export default async function GroupPage({
  params,
  searchParams,
}: {
  params: Promise<{ team: string; id: string }>
  searchParams: SearchParams
}) {
  const { team: slug, id } = await params
  const { team, access } = await requireTeam(slug, 'reviewer')
  const now = Date.now()
  const group = (await groupDetail(team.id, id, now)) ?? notFound()
  const state = await readSearch(searchParams, ['after', 'before'])
  const [members, pushes, days] = await Promise.all([
    group.system === 'everyone' ? everyoneMembers(team.id, state) : groupMembers(team.id, group.id, state),
    listActivity(team.id, { resourceId: group.id, kind: 'exchanges', writes: true }, 30),
    dayCounts(team.id, now, 30, group.id),
  ])
  const path = `/${slug}/groups/${group.id}`
  const admin = allows(access, 'admin')
  const byHand = admin && !group.managedBy && group.system !== 'everyone'
  return (
    <Page
      crumbs={[{ label: 'Groups', href: `/${slug}/groups` }, { label: group.displayName }]}
      title={group.displayName}
      badge={group.managedBy && <PushStatusBadge status={group.push.status} />}
      description={
        <span className="flex flex-wrap items-center gap-2">
          {group.system ? (
            'Muster’s own group, there from the start'
          ) : (
            <ManagedBadge source={group.managedBy?.name} />
          )}
          {group.lastPushAt && (
            <span>
              pushed <TimeAgo iso={group.lastPushAt} /> by {group.managedBy?.name}
            </span>
          )}
        </span>
      }
      action={byHand && !group.system && <GroupActions slug={slug} id={group.id} name={group.displayName} />}
    >
      <div className="grid items-start gap-6 lg:grid-cols-[minmax(0,1fr)_18rem]">
        <div className="grid min-w-0 gap-6">
          {group.push.status === 'error' && (
            <PushErrorNotice
              cause={group.push.cause ?? ''}
              remedy={group.push.remedy ?? ''}
              action={
                group.errorExchangeId && (
                  <LinkButton href={`/${slug}/activity/${group.errorExchangeId}`}>View request</LinkButton>
                )
              }
            />
          )}
          {group.unresolved.length > 0 && (
            <UnresolvedMembers
              members={group.unresolved.map((each) => ({
                value: each.value,
                display: each.display,
                seenAt: each.addedAt,
              }))}
            />
          )}
          {group.system === 'owners' && <SignInOwners slug={slug} teamId={team.id} />}
          <Card>
            <CardHeader
              title={`${group.system === 'owners' ? 'Directory users' : 'Members'} (${group.memberCount.toLocaleString('en')})`}
            />
            {byHand && <AddMember slug={slug} id={group.id} />}
            {members.rows.length === 0 ? (
              <EmptyState title={group.system === 'owners' ? 'No directory users' : 'No members'}>
                {group.system === 'owners' &&
                  'A directory user who is added here administers the team when they sign in through your provider.'}
              </EmptyState>
            ) : (
              <MembershipTable
                remove={
                  byHand
                    ? (member) => (
                        <RemoveMember slug={slug} groupId={group.id} userId={member.id} name={member.name} />
                      )
                    : undefined
                }
                members={members.rows.map((member) => ({
                  id: member.userId,
                  href: `/${slug}/users/${member.userId}`,
                  name: member.displayName ?? member.userName,
                  userName: member.userName,
                  active: member.active,
                  addedAt: member.addedAt,
                  addedBy: member.exchangeId
                    ? { label: 'Okta push', href: `/${slug}/activity/${member.exchangeId}` }
                    : { label: group.system === 'everyone' ? 'always' : 'by hand' },
                }))}
              />
            )}
            {(members.after || members.before) && (
              <Pagination
                summary={`${group.memberCount.toLocaleString('en')} members`}
                previousHref={members.before && searchHref(path, { before: members.before })}
                nextHref={members.after && searchHref(path, { after: members.after })}
              />
            )}
          </Card>
          <GroupRoles slug={slug} teamId={team.id} group={group} admin={admin} />
          <Card>
            <CardHeader title="Push history" />
            {pushes.rows.length === 0 ? (
              <EmptyState title="Never pushed">
                When Okta pushes this group, each request shows here.
              </EmptyState>
            ) : (
              <>
                <div className="px-4 pt-4">
                  <DayBars
                    noun="Requests"
                    days={days.map((day) => ({
                      date: day.day,
                      ok: day.requests - day.errors,
                      errors: day.errors,
                    }))}
                  />
                </div>
                <PushHistory entries={pushEntries(slug, pushes.rows)} />
              </>
            )}
          </Card>
        </div>
        <KeyFacts
          facts={[
            ...(group.externalId
              ? [{ label: 'External id', value: group.externalId, copy: group.externalId }]
              : []),
            { label: 'SCIM id', value: group.id, copy: group.id },
            { label: 'Created', value: <TimeAgo iso={group.createdAt} /> },
            { label: 'Last change', value: <TimeAgo iso={group.updatedAt} /> },
            { label: 'Version', value: String(group.version) },
            ...(group.nested.length > 0
              ? [{ label: 'Groups inside', value: <Links slug={slug} groups={group.nested} /> }]
              : []),
            ...(group.within.length > 0
              ? [{ label: 'Inside', value: <Links slug={slug} groups={group.within} /> }]
              : []),
          ]}
        />
      </div>
    </Page>
  )
}

function Links({ slug, groups }: { slug: string; groups: { id: string; name: string }[] }) {
  return (
    <span>
      {groups.map((group, at) => (
        <span key={group.id}>
          {at > 0 && ', '}
          <TextLink href={`/${slug}/groups/${group.id}`}>{group.name}</TextLink>
        </span>
      ))}
    </span>
  )
}
