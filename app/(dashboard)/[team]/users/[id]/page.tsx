import { notFound } from 'next/navigation'
import { EventList } from '#components/activity/event-list'
import { Page } from '#components/frame/page'
import { RoleReasons } from '#components/role/reason-list'
import { Card, CardBody, CardHeader } from '#components/ui/card'
import { EmptyState } from '#components/ui/empty-state'
import { KeyFacts } from '#components/ui/key-facts'
import { TextLink } from '#components/ui/text-link'
import { TimeAgo } from '#components/ui/time-ago'
import { AttributeList } from '#components/user/attribute-list'
import { ManagedBadge, UserStatus } from '#components/user/user-status'
import { listActivity } from '#lib/activity/list-activity'
import { requireTeam } from '#lib/auth/require-member'
import { allows } from '#lib/auth/signed-in'
import { userDetail } from '#lib/directory/pages/user-detail'
import { shownActivity } from '../../activity-rows.ts'
import { attributeRows, roleRows } from '../user-shown.ts'
import { UserActions } from './user-actions.tsx'

export default async function UserPage({ params }: { params: Promise<{ team: string; id: string }> }) {
  const { team: slug, id } = await params
  const { team, access } = await requireTeam(slug, 'reviewer')
  const user = (await userDetail(team.id, id)) ?? notFound()
  const history = await listActivity(team.id, { resourceId: user.id, writes: true }, 20)
  const name = String(user.attributes.displayName ?? user.userName)
  return (
    <Page
      crumbs={[{ label: 'Users', href: `/${slug}/users` }, { label: name }]}
      title={name}
      badge={<UserStatus active={user.active} />}
      description={<ManagedBadge source={user.managedBy?.name} />}
      action={
        allows(access, 'admin') &&
        !user.managedBy && <UserActions slug={slug} id={user.id} name={name} active={user.active} />
      }
    >
      <div className="grid items-start gap-6 lg:grid-cols-[minmax(0,1fr)_18rem]">
        <div className="grid min-w-0 gap-6">
          <Card>
            <CardHeader title="Groups" />
            {user.groups.length === 0 ? (
              <EmptyState title="In no group" />
            ) : (
              <ul className="text-sm">
                {user.groups.map((group) => (
                  <li
                    key={group.id}
                    className="flex flex-wrap justify-between gap-x-4 border-b px-4 py-2.5 last:border-b-0"
                  >
                    <TextLink quiet href={`/${slug}/groups/${group.id}`}>
                      {group.name}
                    </TextLink>
                    <span className="text-fg-subtle">
                      {group.direct
                        ? group.addedAt && (
                            <>
                              since <TimeAgo iso={group.addedAt} />
                            </>
                          )
                        : 'through a group inside it'}
                    </span>
                  </li>
                ))}
              </ul>
            )}
            {user.formerGroups.length > 0 && (
              <CardBody className="border-t text-fg-muted text-sm">
                Before:{' '}
                {user.formerGroups.slice(0, 8).map((group, at) => (
                  <span key={`${group.id} ${group.endedAt}`}>
                    {at > 0 && ', '}
                    {group.name ?? 'a removed group'} (until <TimeAgo iso={group.endedAt} />)
                  </span>
                ))}
              </CardBody>
            )}
          </Card>
          <Card>
            <CardHeader title="Roles" />
            {user.roles.length === 0 ? (
              <EmptyState title="No roles">Roles come through groups.</EmptyState>
            ) : (
              <RoleReasons roles={roleRows(slug, user.roles)} />
            )}
          </Card>
          <AttributeList attributes={attributeRows(user.attributes)} source={user.managedBy?.name} />
          <Card>
            <CardHeader
              title="History"
              action={<TextLink href={`/${slug}/activity?q=${user.id}`}>All requests</TextLink>}
            />
            {history.rows.length > 0 ? (
              <EventList rows={shownActivity(slug, history.rows)} />
            ) : (
              <EmptyState title="No changes recorded" />
            )}
          </Card>
        </div>
        <KeyFacts
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
      </div>
    </Page>
  )
}
