import { Page } from '#components/frame/page'
import { requireRecentSignIn, requireTeam } from '#lib/auth/require-member'
import { scimBaseUrl } from '#lib/connections/create-service-user'
import { suggestServiceUserName } from '#lib/connections/suggest-service-user-name'
import { NewServiceUser } from './new-service-user.tsx'

export default async function NewServiceUserPage({ params }: { params: Promise<{ team: string }> }) {
  const { team: slug } = await params
  const { team, member } = await requireTeam(slug, 'admin')
  await requireRecentSignIn(member, `/${slug}/connections/service-users/new`)
  return (
    <Page
      narrow
      crumbs={[{ label: 'Service users', href: `/${slug}/connections/service-users` }, { label: 'New' }]}
      title="New service user"
      description="With a token that you paste: for Okta’s HTTP Header mode, and for clients that cannot use OAuth. With OAuth, approving makes the service user."
    >
      <NewServiceUser
        slug={slug}
        scimBaseUrl={scimBaseUrl()}
        suggested={await suggestServiceUserName('okta-provisioning', [team.id])}
      />
    </Page>
  )
}
