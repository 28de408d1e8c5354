import { CentredPage } from '#components/frame/centred-page'
import { ActionForm } from '#components/ui/action-form'
import { TextField } from '#components/ui/field'
import { SubmitButton } from '#components/ui/submit-button'
import { requireMember } from '#lib/auth/require-member'
import { addTeam } from './actions.ts'

export const metadata = { title: 'Add a team' }

export default async function NewTeam() {
  await requireMember('/teams/new')
  return (
    <CentredPage
      title="Add a team"
      description="With its own users, groups, roles and connections. You become its owner."
    >
      <ActionForm action={addTeam} className="grid gap-4">
        <TextField id="name" name="name" label="Name" required maxLength={60} autoComplete="organization" />
        <SubmitButton size="lg" pending="Adding…">
          Add team
        </SubmitButton>
      </ActionForm>
    </CentredPage>
  )
}
