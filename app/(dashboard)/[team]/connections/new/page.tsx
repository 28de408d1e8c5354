import type { Seen } from '#components/connection/setup-steps'
import { Page } from '#components/frame/page'
import { Alert } from '#components/ui/alert'
import { requireTeam } from '#lib/auth/require-member'
import { type SetupProgress, setupProgress } from '#lib/connections/setup-progress'
import { oktaReachProblem } from '#lib/oauth/okta-reach'
import { env } from '#lib/platform/env'
import { readSearch, type SearchParams } from '../../read-search.ts'
import { oauthEndpoints } from '../oauth-endpoints.ts'
import { ConnectOkta } from './connect-okta.tsx'

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
  const problem = oktaReachProblem(env().PUBLIC_URL)
  const progress = client ? await setupProgress(team.id, client, Date.now()) : undefined
  return (
    <Page
      narrow
      crumbs={[{ label: 'Connections', href: `/${slug}/connections` }, { label: 'Connect Okta' }]}
      title="Connect Okta"
      description="Keep this page beside Okta’s Admin Console: each step is ticked when Muster sees it happen."
    >
      {problem && !progress?.approvedAt && <Alert className="mb-6">{problem}</Alert>}
      <ConnectOkta
        slug={slug}
        clientHref={progress && `/${slug}/connections/clients/${client}`}
        facts={{ ...oauthEndpoints(), ...(progress && factsOf(slug, progress)) }}
      />
    </Page>
  )
}

function factsOf(slug: string, progress: SetupProgress) {
  const { approvedBy, serviceUserName, lastRequest } = progress
  const connection = progress.connectionId && `/${slug}/connections/${progress.connectionId}`
  const seen = (at: string | undefined, what: string, href?: string): Seen | undefined =>
    at ? { at, what, href } : undefined
  return {
    clientId: progress.clientId,
    clientName: progress.clientName,
    appName: progress.appName,
    connectionHref: connection,
    approved: seen(progress.approvedAt, `${serviceUserName}, approved by ${approvedBy}`, connection),
    tested: seen(progress.testedAt, 'Okta’s request arrived'),
    firstUser: seen(progress.firstUserAt, 'The first user arrived', `/${slug}/users`),
    firstGroup: seen(progress.firstGroupAt, 'The first group arrived', `/${slug}/groups`),
    lastRequest: lastRequest && {
      summary: `${lastRequest.method} ${lastRequest.path.replace('/scim/v2', '')} ${lastRequest.status}`,
      at: lastRequest.at,
      failed: lastRequest.status >= 400,
      href: `/${slug}/activity/${lastRequest.id}`,
    },
  }
}
