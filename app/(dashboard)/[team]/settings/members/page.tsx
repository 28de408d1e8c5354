import { Page } from '#components/frame/page'
import { InvitationList } from '#components/member/invitation-list'
import { MemberTable } from '#components/member/member-table'
import { Card, CardBody, CardHeader } from '#components/ui/card'
import { ListCard } from '#components/ui/list-card'
import { TextLink } from '#components/ui/text-link'
import { listMembers } from '#lib/auth/members/list-members'
import { requireTeam } from '#lib/auth/require-member'
import { allows } from '#lib/auth/signed-in'
import { SettingsTabs } from '../settings-tabs.tsx'
import { withdrawInvitation } from './actions.ts'
import { InviteForm } from './invite-form.tsx'
import { memberRows, ROLE_LABELS, rolesToGive } from './member-rows.tsx'

export default async function Members({ params }: { params: Promise<{ team: string }> }) {
  const { team: slug } = await params
  const { team, access, member: self } = await requireTeam(slug, 'reviewer')
  const { members, invitations } = await listMembers(team.id, Date.now())
  const reader = { memberId: self.memberId, access, admin: allows(access, 'admin') }
  return (
    <Page
      crumbs={[{ label: 'Settings', href: `/${slug}/settings` }, { label: 'Members' }]}
      title="Members"
      description={
        <>
          People who were given a role in this team. Users of the directory also get in by{' '}
          <TextLink href={`/${slug}/roles`}>their roles</TextLink>, when they sign in through your identity
          provider.
        </>
      }
    >
      <SettingsTabs slug={slug} current="members" />
      <div className="grid items-start gap-6 lg:grid-cols-[minmax(0,1fr)_20rem]">
        <div className="grid min-w-0 gap-6">
          <ListCard>
            <MemberTable members={memberRows(team, members, reader)} />
          </ListCard>
          {invitations.length > 0 && (
            <Card>
              <CardHeader title="Waiting invitations" />
              <InvitationList
                invitations={invitations.map((each) => ({
                  id: each.id,
                  email: each.email,
                  role: ROLE_LABELS[each.role] ?? each.role,
                  invitedBy: each.invitedBy,
                  expiresAt: each.expiresAt.toISOString(),
                  withdraw:
                    reader.admin && (each.role !== 'owner' || access === 'owner')
                      ? withdrawInvitation.bind(null, slug, each.id)
                      : undefined,
                }))}
              />
            </Card>
          )}
        </div>
        <div className="grid gap-6">
          {reader.admin && (
            <Card>
              <CardHeader
                title="Invite"
                description="By a link that you send. They set their own password, or sign in as they do now."
              />
              <CardBody>
                <InviteForm team={slug} roles={rolesToGive(reader)} />
              </CardBody>
            </Card>
          )}
          <RoleMeanings />
        </div>
      </div>
    </Page>
  )
}

function RoleMeanings() {
  return (
    <dl className="grid gap-2.5 px-1 text-fg-muted text-sm">
      <div>
        <dt className="font-medium text-fg">Owner</dt>
        <dd>All that an admin may, and decides who owns the team. There is always at least one.</dd>
      </div>
      <div>
        <dt className="font-medium text-fg">Admin</dt>
        <dd>Approves connections, rotates tokens, grants roles, invites and removes people.</dd>
      </div>
      <div>
        <dt className="font-medium text-fg">Reviewer</dt>
        <dd>Reads everything, changes nothing.</dd>
      </div>
    </dl>
  )
}
