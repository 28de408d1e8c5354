import { notFound, redirect } from 'next/navigation'
import { Page } from '#components/frame/page'
import { requireTeam } from '#lib/auth/require-member'
import { groupDetail } from '#lib/directory/pages/group-detail'
import { isKeptByHand } from '#lib/directory/pages/kept-by-hand'
import { renameGroup } from '../../actions.ts'
import { GroupForm } from '../../group-form.tsx'

export default async function EditGroup({ params }: { params: Promise<{ team: string; id: string }> }) {
  const { team: slug, id } = await params
  const { team } = await requireTeam(slug, 'admin')
  const group = (await groupDetail(team.id, id, Date.now())) ?? notFound()
  const path = `/${slug}/groups/${group.id}`
  if (!isKeptByHand(group)) redirect(path)
  return (
    <Page
      narrow
      crumbs={[
        { label: 'Groups', href: `/${slug}/groups` },
        { label: group.displayName, href: path },
        { label: 'Rename' },
      ]}
      title={`Rename ${group.displayName}`}
    >
      <GroupForm
        action={renameGroup.bind(null, slug, group.id)}
        displayName={group.displayName}
        submit="Rename group"
        pending="Renaming…"
        cancelHref={path}
      />
    </Page>
  )
}
