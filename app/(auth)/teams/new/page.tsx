import { CentredPage } from '#components/frame/centred-page'
import { ActionForm } from '#components/ui/action-form'
import { TextField } from '#components/ui/field'
import { LinkButton } from '#components/ui/link-button'
import { SubmitButton } from '#components/ui/submit-button'
import { TextLink } from '#components/ui/text-link'
import { mayAddTeamNow, requireMember } from '#lib/auth/require-member'
import { addTeam } from './actions.ts'

export default async function NewTeam() {
  const member = await requireMember('/teams/new')
  if (!(await mayAddTeamNow(member)))
    return (
      <CentredPage
        title="You may not add a team"
        description="Only who administers a team may add another. Ask one of its owners."
      >
        <LinkButton href="/" size="lg">
          Go to your teams
        </LinkButton>
      </CentredPage>
    )
  return (
    <CentredPage
      title="Add a team"
      description="With its own users, groups, roles and connections. You become its owner."
      footer={<TextLink href="/">Back to your teams</TextLink>}
    >
      <ActionForm action={addTeam} className="grid gap-4 [&_input]:h-10">
        <TextField
          id="name"
          name="name"
          label="Name"
          placeholder="Acme"
          required
          maxLength={60}
          autoComplete="organization"
        />
        <SubmitButton size="lg" pending="Adding…">
          Add team
        </SubmitButton>
      </ActionForm>
    </CentredPage>
  )
}
