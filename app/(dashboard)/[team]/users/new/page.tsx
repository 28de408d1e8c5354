import { Page } from '#components/frame/page'
import { requireTeam } from '#lib/auth/require-member'
import { addUser } from '../actions.ts'
import { UserForm } from '../user-form.tsx'

export default async function NewUser({ params }: { params: Promise<{ team: string }> }) {
  const { team: slug } = await params
  await requireTeam(slug, 'admin')
  const path = `/${slug}/users`
  return (
    <Page
      narrow
      crumbs={[{ label: 'Users', href: path }, { label: 'Add a user' }]}
      title="Add a user"
      description="By hand, not managed by Okta. When Okta finds the userName, it takes the user over, with id and groups kept."
    >
      <UserForm action={addUser.bind(null, slug)} submit="Add user" pending="Adding…" cancelHref={path} />
    </Page>
  )
}
