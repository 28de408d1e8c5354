import type { MemberRow } from '#components/member/member-table'
import { RoleSelect } from '#components/member/role-select'
import { Button } from '#components/ui/button'
import { ConfirmDialog } from '#components/ui/confirm-dialog'
import type { TeamMemberRow } from '#lib/auth/members/list-members'
import { changeRole, removeMember } from './actions.ts'

export const ROLE_LABELS: Record<string, string> = { owner: 'Owner', admin: 'Admin', reviewer: 'Reviewer' }

/** Who looks: their own id, and whether they may change others. */
export type Reader = { memberId: string; access: string; admin: boolean }

/** The roles that the reader may give. */
export function rolesToGive({ access }: Reader) {
  const given = ['owner', 'admin', 'reviewer'].filter((role) => access === 'owner' || role !== 'owner')
  return given.map((value) => ({ value, label: ROLE_LABELS[value] as string }))
}

export function memberRows(
  team: { slug: string; name: string },
  members: readonly TeamMemberRow[],
  reader: Reader,
): MemberRow[] {
  const owners = members.filter(({ role }) => role === 'owner').length
  return members.map((each) => {
    const lastOwner = each.role === 'owner' && owners === 1
    const mayChange = reader.admin && !lastOwner && (each.role !== 'owner' || reader.access === 'owner')
    const you = each.memberId === reader.memberId
    return {
      id: each.memberId,
      name: each.name,
      email: each.email,
      you,
      twoStep: each.twoStep,
      signIn: each.providerOnly ? 'Identity provider' : each.twoStep ? 'Password and code' : 'Password',
      lastSeenAt: each.lastSeenAt?.toISOString(),
      role: mayChange ? (
        <RoleSelect
          label={`Role of ${each.name}`}
          role={each.role}
          options={rolesToGive(reader)}
          action={changeRole.bind(null, team.slug, each.memberId)}
        />
      ) : (
        <span title={lastOwner ? 'A team needs an owner: make somebody else owner first.' : undefined}>
          {lastOwner ? 'Only owner' : ROLE_LABELS[each.role]}
        </span>
      ),
      remove: mayChange && <RemoveMember team={team} member={each} you={you} />,
    }
  })
}

function RemoveMember({
  team,
  member,
  you,
}: {
  team: { slug: string; name: string }
  member: TeamMemberRow
  you: boolean
}) {
  return (
    <ConfirmDialog
      trigger={
        <Button
          variant="danger-quiet"
          size="sm"
          aria-label={you ? 'Leave the team' : `Remove ${member.name} from the team`}
        >
          {you ? 'Leave…' : 'Remove…'}
        </Button>
      }
      title={you ? `Leave ${team.name}?` : `Remove ${member.name} from ${team.name}?`}
      description={
        you
          ? 'You lose access at once, in every browser. To come back, somebody must invite you. Connections that you approved go on: they belong to their service users.'
          : 'They lose access at once, in every browser. What they did stays in the activity log, and connections that they approved go on: those belong to their service users. If the directory gives them a role, they still get in by single sign-on.'
      }
      confirmLabel={you ? `Leave ${team.name}` : `Remove ${member.name}`}
      pendingLabel={you ? 'Leaving…' : 'Removing…'}
      action={removeMember.bind(null, team.slug, member.memberId)}
    />
  )
}
