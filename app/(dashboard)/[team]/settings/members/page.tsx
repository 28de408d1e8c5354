import { Page } from '#components/frame/page'
import { ActionForm } from '#components/ui/action-form'
import { Card, CardBody, CardHeader } from '#components/ui/card'
import { Select } from '#components/ui/select'
import { SubmitButton } from '#components/ui/submit-button'
import { TimeAgo } from '#components/ui/time-ago'
import { listMembers } from '#lib/auth/members/list-members'
import { requireTeam } from '#lib/auth/require-member'
import { allows } from '#lib/auth/signed-in'
import { changeRole, removeMember, withdrawInvitation } from './actions.ts'
import { InviteForm } from './invite-form.tsx'

export const metadata = { title: 'Members' }

const LABELS: Record<string, string> = { owner: 'Owner', admin: 'Admin', reviewer: 'Reviewer' }
const row = 'flex flex-wrap items-center justify-between gap-3 border-b px-4 py-3 last:border-b-0'

export default async function Members({ params }: { params: Promise<{ team: string }> }) {
  const { team: slug } = await params
  const { team, access, member: self } = await requireTeam(slug, 'reviewer')
  const { members, invitations } = await listMembers(team.id, Date.now())
  const admin = allows(access, 'admin')
  const given = ['owner', 'admin', 'reviewer'].filter((role) => access === 'owner' || role !== 'owner')
  const roles = given.map((value) => ({ value, label: LABELS[value] as string }))
  return (
    <Page
      narrow
      crumbs={[{ label: 'Settings', href: `/${slug}/settings` }, { label: 'Members' }]}
      title="Members"
      description="Who may sign in to this team. Users of the directory also get in by their roles, when they sign in through your identity provider."
    >
      <div className="grid gap-6">
        <Card>
          <CardHeader title={`${members.length} ${members.length === 1 ? 'member' : 'members'}`} />
          <ul className="text-sm">
            {members.map((each) => {
              const mayChange = admin && (each.role !== 'owner' || access === 'owner')
              return (
                <li key={each.memberId} className={row}>
                  <span className="min-w-0">
                    <span className="block truncate font-medium">
                      {each.name}
                      {each.memberId === self.memberId && ' (you)'}
                    </span>
                    <span className="block truncate text-fg-subtle">{each.email}</span>
                  </span>
                  {mayChange ? (
                    <span className="flex flex-wrap items-center gap-2">
                      <ActionForm
                        action={changeRole.bind(null, slug, each.memberId)}
                        className="flex flex-wrap items-center gap-2"
                      >
                        <Select
                          name="role"
                          aria-label={`Role of ${each.name}`}
                          defaultValue={each.role}
                          options={roles}
                        />
                        <SubmitButton variant="secondary" size="sm" pending="Saving…">
                          Save
                        </SubmitButton>
                      </ActionForm>
                      <ActionForm
                        action={removeMember.bind(null, slug, each.memberId)}
                        className="flex flex-wrap items-center gap-2"
                      >
                        <SubmitButton
                          variant="danger-quiet"
                          size="sm"
                          pending="Removing…"
                          aria-label={`Remove ${each.name} from the team`}
                        >
                          Remove
                        </SubmitButton>
                      </ActionForm>
                    </span>
                  ) : (
                    <span className="text-fg-muted">{LABELS[each.role]}</span>
                  )}
                </li>
              )
            })}
          </ul>
        </Card>
        {admin && (
          <Card>
            <CardHeader
              title="Invite"
              description="They set their own password, or sign in as they do now."
            />
            <CardBody>
              <InviteForm team={slug} roles={roles} />
            </CardBody>
          </Card>
        )}
        {invitations.length > 0 && (
          <Card>
            <CardHeader title="Waiting invitations" />
            <ul className="text-sm">
              {invitations.map((each) => (
                <li key={each.id} className={row}>
                  <span className="min-w-0">
                    <span className="block truncate font-medium">{each.email}</span>
                    <span className="text-fg-subtle">
                      {LABELS[each.role]}, invited by {each.invitedBy}, ends{' '}
                      <TimeAgo iso={each.expiresAt.toISOString()} />
                    </span>
                  </span>
                  {admin && (each.role !== 'owner' || access === 'owner') && (
                    <ActionForm action={withdrawInvitation.bind(null, slug, each.id)}>
                      <SubmitButton variant="danger-quiet" size="sm" pending="Withdrawing…">
                        Withdraw
                      </SubmitButton>
                    </ActionForm>
                  )}
                </li>
              ))}
            </ul>
          </Card>
        )}
      </div>
    </Page>
  )
}
