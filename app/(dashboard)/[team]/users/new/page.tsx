import { Page } from '#components/frame/page'
import { ActionForm } from '#components/ui/action-form'
import { Card, CardBody } from '#components/ui/card'
import { TextField } from '#components/ui/field'
import { SubmitButton } from '#components/ui/submit-button'
import { requireTeam } from '#lib/auth/require-member'
import { addUser } from '../actions.ts'

export const metadata = { title: 'Add a user' }

export default async function NewUser({ params }: { params: Promise<{ team: string }> }) {
  const { team: slug } = await params
  await requireTeam(slug, 'admin')
  return (
    <Page
      narrow
      crumbs={[{ label: 'Users', href: `/${slug}/users` }, { label: 'Add a user' }]}
      title="Add a user"
      description="By hand, not managed by Okta. When Okta finds the userName, it takes the user over, with id and groups kept."
    >
      <Card>
        <CardBody>
          <ActionForm action={addUser.bind(null, slug)} className="grid gap-4">
            <TextField
              id="userName"
              name="userName"
              label="userName"
              description="Usually the email address they sign in with."
              required
              autoComplete="off"
            />
            <TextField id="displayName" name="displayName" label="Display name" optional />
            <TextField id="givenName" name="givenName" label="Given name" optional />
            <TextField id="familyName" name="familyName" label="Family name" optional />
            <TextField id="email" name="email" type="email" label="Email" optional />
            <div>
              <SubmitButton pending="Adding…">Add user</SubmitButton>
            </div>
          </ActionForm>
        </CardBody>
      </Card>
    </Page>
  )
}
