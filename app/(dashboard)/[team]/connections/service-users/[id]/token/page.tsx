import { notFound } from 'next/navigation'
import { Page } from '#components/frame/page'
import { requireRecentSignIn, requireTeam } from '#lib/auth/require-member'
import { scimBaseUrl } from '#lib/connections/create-service-user'
import { OVERLAP_MS } from '#lib/connections/overlap'
import { serviceUserDetail } from '#lib/connections/service-user-detail'
import { NewTokenForm } from './new-token-form.tsx'

export default async function NewTokenPage({ params }: { params: Promise<{ team: string; id: string }> }) {
  const { team: slug, id } = await params
  const { team, member } = await requireTeam(slug, 'admin')
  const now = Date.now()
  const serviceUser = (await serviceUserDetail(team.id, id, now)) ?? notFound()
  await requireRecentSignIn(member, `/${slug}/connections/service-users/${id}/token`)
  return (
    <Page
      narrow
      crumbs={[
        { label: 'Service users', href: `/${slug}/connections/service-users` },
        { label: serviceUser.name, href: `/${slug}/connections/service-users/${id}` },
        { label: 'New token' },
      ]}
      title="New token"
      description={`For ${serviceUser.name}. It works at once; the one before it goes on for as long as you say, so that Okta can be changed without a gap.`}
    >
      <NewTokenForm
        slug={slug}
        id={id}
        scimBaseUrl={scimBaseUrl()}
        replaces={serviceUser.tokens.some(({ kind }) => kind === 'static')}
        suggestedEnd={new Date(now + OVERLAP_MS).toISOString()}
      />
    </Page>
  )
}
