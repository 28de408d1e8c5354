import { Page } from '#components/frame/page'
import { requireTeam } from '#lib/auth/require-member'
import { env } from '#lib/platform/env'
import { ByHand } from './by-hand-form.tsx'

export const metadata = { title: 'Token by hand' }

export default async function ByHandPage({ params }: { params: Promise<{ team: string }> }) {
  const { team: slug } = await params
  await requireTeam(slug, 'admin')
  return (
    <Page
      narrow
      crumbs={[{ label: 'Connections', href: `/${slug}/connections` }, { label: 'Token by hand' }]}
      title="A service user with a token"
      description="For Okta’s HTTP Header mode, and for clients that cannot use OAuth. The name and the token also work as Basic user name and password."
    >
      <ByHand slug={slug} scimBaseUrl={`${env().PUBLIC_URL}/scim/v2`} />
    </Page>
  )
}
