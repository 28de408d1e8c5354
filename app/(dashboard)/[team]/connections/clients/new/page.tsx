import { Page } from '#components/frame/page'
import { TextLink } from '#components/ui/text-link'
import { requireTeam } from '#lib/auth/require-member'
import { oauthEndpoints } from '../../oauth-endpoints.ts'
import { NewClient } from './new-client.tsx'

export default async function NewClientPage({ params }: { params: Promise<{ team: string }> }) {
  const { team: slug } = await params
  await requireTeam(slug, 'admin')
  return (
    <Page
      narrow
      crumbs={[{ label: 'Clients', href: `/${slug}/connections/clients` }, { label: 'Register' }]}
      title="Register a client"
      description={
        <>
          For Entra, a script, or anything else that speaks OAuth 2. For Okta,{' '}
          <TextLink href={`/${slug}/connections/new`}>the guided set-up</TextLink> knows its addresses.
        </>
      }
    >
      <NewClient slug={slug} endpoints={oauthEndpoints()} />
    </Page>
  )
}
