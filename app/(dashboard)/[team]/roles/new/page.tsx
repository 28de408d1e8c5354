import { Page } from '#components/frame/page'
import { requireTeam } from '#lib/auth/require-member'
import { addRole } from '../actions.ts'
import { RoleForm } from '../role-form.tsx'

export default async function NewRole({ params }: { params: Promise<{ team: string }> }) {
  const { team: slug } = await params
  await requireTeam(slug, 'admin')
  const path = `/${slug}/roles`
  return (
    <Page
      narrow
      crumbs={[{ label: 'Roles', href: path }, { label: 'Define a role' }]}
      title="Define a role"
      description="For what your own systems do with it. SCIM clients find it under /Roles, and may assign it."
    >
      <RoleForm
        action={addRole.bind(null, slug)}
        submit="Define role"
        pending="Saving…"
        cancelHref={path}
        named
      />
    </Page>
  )
}
