import { notFound, redirect } from 'next/navigation'
import { Page } from '#components/frame/page'
import { requireTeam } from '#lib/auth/require-member'
import { isKeptByHand } from '#lib/directory/pages/kept-by-hand'
import { userDetail } from '#lib/directory/pages/user-detail'
import { changeUser } from '../../actions.ts'
import { UserForm } from '../../user-form.tsx'

export default async function EditUser({ params }: { params: Promise<{ team: string; id: string }> }) {
  const { team: slug, id } = await params
  const { team } = await requireTeam(slug, 'admin')
  const user = (await userDetail(team.id, id)) ?? notFound()
  const path = `/${slug}/users/${user.id}`
  if (!isKeptByHand(user)) redirect(path)
  const { displayName, title, name, emails } = user.attributes as {
    displayName?: string
    title?: string
    name?: { givenName?: string; familyName?: string }
    emails?: { value?: string; primary?: boolean }[]
  }
  const email = (emails?.find((each) => each.primary) ?? emails?.[0])?.value
  return (
    <Page
      narrow
      crumbs={[
        { label: 'Users', href: `/${slug}/users` },
        { label: displayName ?? user.userName, href: path },
        { label: 'Edit' },
      ]}
      title={`Edit ${displayName ?? user.userName}`}
    >
      <UserForm
        action={changeUser.bind(null, slug, user.id)}
        user={{ userName: user.userName, displayName, title, email, ...name }}
        submit="Save"
        pending="Saving…"
        cancelHref={path}
      />
    </Page>
  )
}
