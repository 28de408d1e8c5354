'use client'

import { CentredPage } from '#components/frame/centred-page'
import { Button } from '#components/ui/button'

/** A page outside a team failed; inside one, its own error page keeps the frame. */
export default function RootError({
  error,
  retry,
}: {
  error: Error & { digest?: string }
  retry: () => void
}) {
  return (
    <CentredPage
      title="This page could not be shown"
      description="Muster met an error of its own, or its database does not answer. Try again in a moment; what Okta cannot deliver meanwhile it sends again."
      footer={error.digest && <>Reference: {error.digest}</>}
    >
      <Button variant="primary" onClick={retry}>
        Try again
      </Button>
    </CentredPage>
  )
}
