import { DetailSkeleton } from '#components/frame/page-skeleton'

export default function Loading() {
  return <DetailSkeleton room="Users" />
}
