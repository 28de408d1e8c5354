'use client'

import { ErrorPanel } from '#components/frame/error-panel'

export default function TeamError({
  error,
  retry,
}: {
  error: Error & { digest?: string }
  retry: () => void
}) {
  return <ErrorPanel reference={error.digest} retry={retry} />
}
