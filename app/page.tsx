import { redirect } from 'next/navigation'
import { CentredPage } from '#components/frame/centred-page'
import { LinkButton } from '#components/ui/link-button'
import { requireMember, teamsOf } from '#lib/auth/require-member'

/** Leads to the one team, or lets choose. */
export default async function Home() {
  const member = await requireMember('/')
  const teams = await teamsOf(member)
  if (teams.length === 1 && teams[0]) redirect(`/${teams[0].team.slug}`)
  return (
    <CentredPage
      title={teams.length > 0 ? 'Choose a team' : 'You are in no team yet'}
      description={teams.length > 0 ? undefined : 'Add one, or ask an owner to invite you.'}
    >
      <div className="grid gap-2">
        {teams.map(({ team }) => (
          <LinkButton key={team.id} href={`/${team.slug}`} size="lg">
            {team.name}
          </LinkButton>
        ))}
        <LinkButton href="/teams/new" size="lg">
          Add a team
        </LinkButton>
      </div>
    </CentredPage>
  )
}
