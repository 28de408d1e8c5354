import { Page } from '#components/frame/page'
import { ActionForm } from '#components/ui/action-form'
import { Card, CardBody } from '#components/ui/card'
import { TextField } from '#components/ui/field'
import { SubmitButton } from '#components/ui/submit-button'
import { requireTeam } from '#lib/auth/require-member'
import { addGroup } from '../actions.ts'

export const metadata = { title: 'Add a group' }

export default async function NewGroup({ params }: { params: Promise<{ team: string }> }) {
  const { team: slug } = await params
  await requireTeam(slug, 'admin')
  return (
    <Page
      narrow
      crumbs={[{ label: 'Groups', href: `/${slug}/groups` }, { label: 'Add a group' }]}
      title="Add a group"
      description="By hand, not managed by Okta. When Okta pushes a group of this name, it takes this one over, with id and members kept."
    >
      <Card>
        <CardBody>
          <ActionForm action={addGroup.bind(null, slug)} className="grid gap-4">
            <TextField
              id="displayName"
              name="displayName"
              label="Name"
              description="Unique in the team, without regard to case."
              required
              autoComplete="off"
            />
            <div>
              <SubmitButton pending="Adding…">Add group</SubmitButton>
            </div>
          </ActionForm>
        </CardBody>
      </Card>
    </Page>
  )
}
