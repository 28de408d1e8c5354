import { PageSkeleton } from '#components/frame/page-skeleton'

export default function Loading() {
  return (
    <PageSkeleton
      title="Users"
      columns={['Name', 'Status', 'Groups', 'Roles', 'Managed in', 'Last change']}
    />
  )
}
