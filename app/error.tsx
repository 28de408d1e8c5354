'use client'

import { CentredPage } from '#components/frame/centred-page'
import { PAGE_FAILED } from '#components/frame/page-failed'
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
      title={PAGE_FAILED.title}
      description={PAGE_FAILED.explanation}
      footer={error.digest && <>Reference: {error.digest}</>}
    >
      <Button variant="primary" onClick={retry}>
        Try again
      </Button>
    </CentredPage>
  )
}
