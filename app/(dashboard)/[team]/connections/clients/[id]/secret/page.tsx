import { notFound } from 'next/navigation'
import { Page } from '#components/frame/page'
import { requireRecentSignIn, requireTeam } from '#lib/auth/require-member'
import { clientDetail } from '#lib/connections/client-detail'
import { OVERLAP_MS } from '#lib/connections/overlap'
import { NewSecret } from './new-secret.tsx'

export default async function NewSecretPage({ params }: { params: Promise<{ team: string; id: string }> }) {
  const { team: slug, id } = await params
  const { team, member } = await requireTeam(slug, 'admin')
  const now = Date.now()
  const client = (await clientDetail(team.id, id, now)) ?? notFound()
  if (!client.confidential) notFound()
  await requireRecentSignIn(member, `/${slug}/connections/clients/${id}/secret`)
  return (
    <Page
      narrow
      crumbs={[
        { label: 'Clients', href: `/${slug}/connections/clients` },
        { label: client.name, href: `/${slug}/connections/clients/${id}` },
        { label: 'New secret' },
      ]}
      title="New secret"
      description={`For ${client.name}. Nobody has to approve again: connections and their tokens go on. Paste the new secret into the client before the old one ends.`}
    >
      <NewSecret slug={slug} id={id} suggestedEnd={new Date(now + OVERLAP_MS).toISOString()} />
    </Page>
  )
}
