import { Avatar } from '#components/ui/avatar'
import { Card, CardHeader } from '#components/ui/card'
import { TextLink } from '#components/ui/text-link'
import { TimeAgo } from '#components/ui/time-ago'
import { listMembers } from '#lib/auth/members/list-members'

/**
 * Who is in `owners`: the people who own the team, from its creator on. They are members, not users of the directory, so
 * that no provider can take a team from those who run it.
 */
export async function Owners({ slug, teamId }: { slug: string; teamId: string }) {
  const { members } = await listMembers(teamId, Date.now())
  const owners = members.filter((member) => member.role === 'owner')
  return (
    <Card>
      <CardHeader
        title={`Owners (${owners.length})`}
        description={
          <>
            They sign in with an account of their own and are named under{' '}
            <TextLink href={`/${slug}/settings/members`}>Settings → Members</TextLink>, so that no provider
            gives or takes the team. Users of the directory administer it through a group with{' '}
            <TextLink href={`/${slug}/roles`}>access_admin</TextLink>.
          </>
        }
      />
      <ul className="text-sm">
        {owners.map((owner) => (
          <li key={owner.memberId} className="flex items-center gap-3 border-b px-4 py-3 last:border-b-0">
            <Avatar name={owner.name} />
            <div className="min-w-0 flex-1">
              <p className="truncate font-medium">{owner.name}</p>
              <p className="truncate text-fg-subtle text-xs">{owner.email}</p>
            </div>
            <p className="text-fg-muted">
              since <TimeAgo iso={owner.since.toISOString()} />
            </p>
          </li>
        ))}
      </ul>
    </Card>
  )
}
