'use client'

import { ErrorPanel } from '#components/frame/error-panel'

export default function TeamError({
  error,
  reset,
}: {
  error: Error & { digest?: string }
  reset: () => void
}) {
  return <ErrorPanel what="This page could not be shown" reference={error.digest} retry={reset} />
}
