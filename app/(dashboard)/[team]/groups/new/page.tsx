import { Page } from '#components/frame/page'
import { requireTeam } from '#lib/auth/require-member'
import { addGroup } from '../actions.ts'
import { GroupForm } from '../group-form.tsx'

export default async function NewGroup({ params }: { params: Promise<{ team: string }> }) {
  const { team: slug } = await params
  await requireTeam(slug, 'admin')
  const path = `/${slug}/groups`
  return (
    <Page
      narrow
      crumbs={[{ label: 'Groups', href: path }, { label: 'Add a group' }]}
      title="Add a group"
      description="By hand, not managed by Okta. When Okta pushes a group of this name, it takes this one over, with id and members kept."
    >
      <GroupForm action={addGroup.bind(null, slug)} submit="Add group" pending="Adding…" cancelHref={path} />
    </Page>
  )
}
