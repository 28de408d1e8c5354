import { notFound } from 'next/navigation'
import { Page } from '#components/frame/page'
import { RoleReasons } from '#components/role/reason-list'
import { Card, CardHeader } from '#components/ui/card'
import { EmptyState } from '#components/ui/empty-state'
import { AttributeList } from '#components/user/attribute-list'
import { UserStatus } from '#components/user/user-status'
import { requireTeam } from '#lib/auth/require-member'
import { userDetail } from '#lib/directory/pages/user-detail'
import { attributeRows, roleRows } from '../users/user-shown.ts'

export const metadata = { title: 'Your profile' }

/** What access_user gives: one's own profile, groups and roles. */
export default async function Me({ params }: { params: Promise<{ team: string }> }) {
  const { team: slug } = await params
  const { team, directoryUserId } = await requireTeam(slug, 'self')
  const user = (directoryUserId && (await userDetail(team.id, directoryUserId))) || notFound()
  return (
    <Page
      crumbs={[{ label: 'Your profile' }]}
      title={String(user.attributes.displayName ?? user.userName)}
      badge={<UserStatus active={user.active} />}
      description={`Your entry in ${team.name}.`}
    >
      <div className="grid gap-6">
        <Card>
          <CardHeader title="Groups" />
          {user.groups.length === 0 ? (
            <EmptyState title="In no group" />
          ) : (
            <ul className="text-sm">
              {user.groups.map((group) => (
                <li key={group.id} className="border-b px-4 py-2.5 last:border-b-0">
                  {group.name}
                </li>
              ))}
            </ul>
          )}
        </Card>
        <Card>
          <CardHeader title="Roles" />
          <RoleReasons roles={roleRows(slug, user.roles).map(({ href: _href, ...role }) => role)} />
        </Card>
        <AttributeList attributes={attributeRows(user.attributes)} source={user.managedBy?.name} />
      </div>
    </Page>
  )
}
