import { PageSkeleton } from '#components/frame/page-skeleton'

export default function Loading() {
  return <PageSkeleton title="Groups" columns={['Name', 'Members', 'Roles', 'Push status', 'Last push']} />
}
