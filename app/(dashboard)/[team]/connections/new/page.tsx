import { Page } from '#components/frame/page'
import { requireTeam } from '#lib/auth/require-member'
import { setupProgress } from '#lib/connections/client-pages'
import { env } from '#lib/platform/env'
import { readSearch, type SearchParams } from '../../read-search.ts'
import { ConnectOkta } from './connect-okta.tsx'

export const metadata = { title: 'Connect Okta' }

export default async function NewConnection({
  params,
  searchParams,
}: {
  params: Promise<{ team: string }>
  searchParams: SearchParams
}) {
  const { team: slug } = await params
  const { team } = await requireTeam(slug, 'admin')
  const { client } = await readSearch(searchParams, ['client'])
  const progress = client ? await setupProgress(team.id, client) : undefined
  const base = env().PUBLIC_URL
  const seen = (at: string | undefined, what: string, href?: string) => (at ? { at, what, href } : undefined)
  const connection = progress?.connectionId && `/${slug}/connections/${progress.connectionId}`
  return (
    <Page
      narrow
      crumbs={[{ label: 'Connections', href: `/${slug}/connections` }, { label: 'Connect Okta' }]}
      title="Connect Okta"
      description="Keep this page beside Okta’s Admin Console: each step is ticked when Muster sees it happen."
    >
      <ConnectOkta
        slug={slug}
        facts={{
          scimBaseUrl: `${base}/scim/v2`,
          authorizationEndpoint: `${base}/oauth/authorize`,
          tokenEndpoint: `${base}/oauth/token`,
          clientId: progress?.clientId,
          approved: seen(progress?.approvedAt, 'Approved', connection),
          tested: seen(progress?.testedAt, 'Tested'),
          firstUser: seen(progress?.firstUserAt, 'First user arrived'),
          firstGroup: seen(progress?.firstGroupAt, 'First group arrived'),
        }}
      />
    </Page>
  )
}
