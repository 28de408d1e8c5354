import { notFound } from 'next/navigation'
import { Page } from '#components/frame/page'
import { Entry, findEntry } from '../entry.tsx'

export default async function ActivityEntry({ params }: { params: Promise<{ team: string; id: string }> }) {
  const { team: slug, id } = await params
  const { entry, title, crumb } = (await findEntry(slug, id)) ?? notFound()
  return (
    <Page crumbs={[{ label: 'Activity', href: `/${slug}/activity` }, { label: crumb }]} title={title}>
      <Entry entry={entry} />
    </Page>
  )
}
