import { PageSkeleton } from '#components/frame/page-skeleton'

export default function Loading() {
  return <PageSkeleton title="Activity" columns={['Time (UTC)', 'What happened', 'Status', 'Took']} />
}
