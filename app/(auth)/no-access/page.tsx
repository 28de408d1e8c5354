import { CentredPage } from '#components/frame/centred-page'
import { LinkButton } from '#components/ui/link-button'
import { TextLink } from '#components/ui/text-link'
import { ownersOf } from '#lib/auth/owners-of'
import { requireMember, teamsOf } from '#lib/auth/require-member'
import type { Access } from '#lib/auth/signed-in'

const HAVE: Record<Access, string> = {
  owner: 'you may do everything.',
  admin: 'as an admin you may do everything but change who owns the team.',
  reviewer: 'as a reviewer you may read everything and change nothing.',
  self: 'you may see your own profile, groups and roles.',
}

type Search = Promise<{ team?: string; needs?: string }>

/** What somebody may do in a team, when that is less than what they asked for, and who can give them more. */
export default async function NoAccess({ searchParams }: { searchParams: Search }) {
  const member = await requireMember('/')
  const { team: slug = '', needs } = await searchParams
  const [owners, teams] = await Promise.all([ownersOf(slug, member.memberId), teamsOf(member)])
  const found = teams.find((each) => each.team.slug === slug)
  return (
    <CentredPage
      title={needs === 'admin' ? 'This needs an admin' : 'You may not see this'}
      description={
        found
          ? `In ${found.team.name}: ${HAVE[found.access]}`
          : 'Your account does not give access to this team. Ask whoever manages it in Okta.'
      }
    >
      {owners.length > 0 && (
        <p className="mb-5 text-sm [overflow-wrap:anywhere]">
          {owners.length === 1 ? 'Who can help: ' : 'One of these can help: '}
          {owners.map((email, at) => (
            <span key={email}>
              {at > 0 && ', '}
              <TextLink href={`mailto:${email}`}>{email}</TextLink>
            </span>
          ))}
        </p>
      )}
      <LinkButton href={found ? `/${slug}` : '/'}>
        {found ? `Go to ${found.team.name}` : 'Go to your teams'}
      </LinkButton>
    </CentredPage>
  )
}
