import { notFound } from 'next/navigation'
import { Page } from '#components/frame/page'
import { RoleReasons } from '#components/role/reason-list'
import { Card, CardHeader } from '#components/ui/card'
import { EmptyState } from '#components/ui/empty-state'
import { AttributeList } from '#components/user/attribute-list'
import { GroupList } from '#components/user/group-list'
import { UserStatus } from '#components/user/user-status'
import { requireTeam } from '#lib/auth/require-member'
import { teamDefinitions } from '#lib/directory/definitions'
import { userDetail } from '#lib/directory/pages/user-detail'
import { attributeGroups, roleRows } from '../users/user-shown.ts'

/** What access_user gives: one's own profile, groups and roles. */
export default async function Me({ params }: { params: Promise<{ team: string }> }) {
  const { team: slug } = await params
  const { team, directoryUserId } = await requireTeam(slug, 'self')
  const user = (directoryUserId && (await userDetail(team.id, directoryUserId))) || notFound()
  const { User } = await teamDefinitions(team.id)
  const roles = roleRows(slug, user.roles).map(({ href: _href, through, ...role }) => ({
    ...role,
    through: through.map(({ name }) => ({ name })),
  }))
  return (
    <Page
      narrow
      crumbs={[{ label: 'Your profile' }]}
      title={String(user.attributes.displayName ?? user.userName)}
      badge={<UserStatus active={user.active} />}
      description={`Your entry in ${team.name}, and what it gives you.`}
    >
      <div className="grid gap-6">
        <Card>
          <CardHeader title="Groups" />
          <GroupList groups={user.groups} />
        </Card>
        <Card>
          <CardHeader title="Roles" />
          {roles.length === 0 ? <EmptyState compact title="No roles" /> : <RoleReasons roles={roles} />}
        </Card>
        <AttributeList
          groups={attributeGroups(user.attributes, User)}
          source={user.managedBy?.live ? user.managedBy.name : undefined}
        />
      </div>
    </Page>
  )
}
