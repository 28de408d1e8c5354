import { redirect } from 'next/navigation'
import { CentredPage } from '#components/frame/centred-page'
import { LinkButton } from '#components/ui/link-button'
import { TextLink } from '#components/ui/text-link'
import { mayAddTeamNow, requireMember, teamsOf } from '#lib/auth/require-member'

/** Leads to the one team, or lets choose. */
export default async function Home() {
  const member = await requireMember('/')
  const [teams, mayAdd] = await Promise.all([teamsOf(member), mayAddTeamNow(member)])
  if (teams.length === 1 && teams[0]) redirect(`/${teams[0].team.slug}`)
  return (
    <CentredPage
      title={teams.length > 0 ? 'Choose a team' : 'You are in no team yet'}
      description={
        teams.length > 0
          ? undefined
          : `${mayAdd ? 'Add one, or ask' : 'Ask'} an owner of one to invite ${member.email}.`
      }
      footer={<TextLink href="/account">Your account</TextLink>}
    >
      <div className="grid gap-2">
        {teams.map(({ team }) => (
          <LinkButton key={team.id} href={`/${team.slug}`} size="lg" className="justify-start">
            {team.name}
          </LinkButton>
        ))}
        {mayAdd && (
          <LinkButton href="/teams/new" variant={teams.length > 0 ? 'ghost' : 'primary'} size="lg">
            Add a team
          </LinkButton>
        )}
      </div>
    </CentredPage>
  )
}
