import { PageSkeleton } from '#components/frame/page-skeleton'

export default function Loading() {
  return (
    <PageSkeleton
      title="Connections"
      columns={['Name', 'Status', 'Users', 'Groups', 'Errors (24 h)', 'Last push']}
    />
  )
}
