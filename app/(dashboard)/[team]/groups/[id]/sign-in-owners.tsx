import { Avatar } from '#components/ui/avatar'
import { Card, CardHeader } from '#components/ui/card'
import { TextLink } from '#components/ui/text-link'
import { TimeAgo } from '#components/ui/time-ago'
import { listMembers } from '#lib/auth/members/list-members'

/**
 * The first half of `owners`: the people who own the team with a sign-in of their own, from its creator on. They are
 * members, not users of the directory, so that no provider can take a team from those who run it.
 */
export async function SignInOwners({ slug, teamId }: { slug: string; teamId: string }) {
  const { members } = await listMembers(teamId, Date.now())
  const owners = members.filter((member) => member.role === 'owner')
  return (
    <Card>
      <CardHeader
        title={`Owners who sign in (${owners.length})`}
        description={
          <>
            With an account of their own. Changed under{' '}
            <TextLink href={`/${slug}/settings/members`}>Settings → Members</TextLink>.
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
