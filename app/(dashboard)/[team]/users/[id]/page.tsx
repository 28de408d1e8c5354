import { notFound } from 'next/navigation'
import { EventList } from '#components/activity/event-list'
import { Page } from '#components/frame/page'
import { RoleReasons } from '#components/role/reason-list'
import { Card, CardHeader } from '#components/ui/card'
import { EmptyState } from '#components/ui/empty-state'
import { KeyFacts } from '#components/ui/key-facts'
import { TextLink } from '#components/ui/text-link'
import { TimeAgo } from '#components/ui/time-ago'
import { AttributeList } from '#components/user/attribute-list'
import { GroupList } from '#components/user/group-list'
import { ManagedBadge, UserStatus } from '#components/user/user-status'
import { listActivity } from '#lib/activity/list-activity'
import { requireTeam } from '#lib/auth/require-member'
import { allows } from '#lib/auth/signed-in'
import { teamDefinitions } from '#lib/directory/definitions'
import { isKeptByHand } from '#lib/directory/pages/kept-by-hand'
import { type UserDetail, userDetail } from '#lib/directory/pages/user-detail'
import { shownActivity } from '../../activity-rows.ts'
import { attributeGroups, roleRows } from '../user-shown.ts'
import { UserActions } from './user-actions.tsx'

const HISTORY = 20
const nameOf = (user: UserDetail) => String(user.attributes.displayName ?? user.userName)

type Props = { params: Promise<{ team: string; id: string }> }

export default async function UserPage({ params }: Props) {
  const { team: slug, id } = await params
  const { team, access } = await requireTeam(slug, 'reviewer')
  const user = (await userDetail(team.id, id)) ?? notFound()
  const [history, definitions] = await Promise.all([
    listActivity(team.id, { resourceId: user.id, writes: true }, HISTORY),
    teamDefinitions(team.id),
  ])
  const name = nameOf(user)
  return (
    <Page
      crumbs={[{ label: 'Users', href: `/${slug}/users` }, { label: name }]}
      title={name}
      badge={<UserStatus active={user.active} />}
      description={
        <ManagedBadge source={user.managedBy?.name} ended={user.managedBy && !user.managedBy.live} />
      }
      action={
        allows(access, 'admin') &&
        isKeptByHand(user) && <UserActions slug={slug} id={user.id} name={name} active={user.active} />
      }
    >
      <div className="grid items-start gap-6 lg:grid-cols-[minmax(0,1fr)_18rem]">
        <div className="grid min-w-0 gap-6">
          <Card>
            <CardHeader title="Groups" />
            <GroupList
              groups={user.groups.map((group) => ({ ...group, href: `/${slug}/groups/${group.id}` }))}
              former={user.formerGroups.map((group) => ({ ...group, href: `/${slug}/groups/${group.id}` }))}
            />
          </Card>
          <Card>
            <CardHeader title="Roles" />
            {user.roles.length === 0 ? (
              <EmptyState compact title="No roles">
                Roles come through groups.
              </EmptyState>
            ) : (
              <RoleReasons roles={roleRows(slug, user.roles)} />
            )}
          </Card>
          <AttributeList
            groups={attributeGroups(user.attributes, definitions.User)}
            source={user.managedBy?.live ? user.managedBy.name : undefined}
          />
          <Card>
            <CardHeader
              title="History"
              action={<TextLink href={`/${slug}/activity?q=${user.id}`}>All requests</TextLink>}
            />
            {history.rows.length > 0 ? (
              <EventList rows={shownActivity(slug, history.rows)} />
            ) : (
              <EmptyState compact title="No changes recorded" />
            )}
          </Card>
        </div>
        <Card className="p-4">
          <KeyFacts
            columns
            facts={[
              { label: 'userName', value: user.userName, copy: user.userName },
              { label: 'SCIM id', value: user.id, copy: user.id },
              ...(user.externalId
                ? [{ label: 'External id (in Okta)', value: user.externalId, copy: user.externalId }]
                : []),
              { label: 'Created', value: <TimeAgo iso={user.createdAt} /> },
              { label: 'Last change', value: <TimeAgo iso={user.updatedAt} /> },
              { label: 'Version', value: String(user.version) },
            ]}
          />
        </Card>
      </div>
    </Page>
  )
}
