'use client'

import { CircleAlert } from 'lucide-react'
import { Button } from '#components/ui/button'
import { EmptyState } from '#components/ui/empty-state'
import { DocumentTitle } from './document-title.tsx'

/** For error.tsx inside the frame: what failed, what still works, try again, and the reference to quote. */
export function ErrorPanel({
  what,
  reference,
  retry,
}: {
  what: string
  reference?: string
  retry: () => void
}) {
  return (
    <div role="alert" className="p-4 md:p-8">
      <DocumentTitle title={what} />
      <h1 className="sr-only">{what}</h1>
      <EmptyState
        icon={<CircleAlert />}
        title={what}
        action={
          <Button variant="primary" onClick={retry}>
            Try again
          </Button>
        }
      >
        Muster met an error of its own, or its database does not answer. Try again in a moment; what Okta
        cannot deliver meanwhile it sends again.
        {reference && (
          <>
            {' '}
            Reference: <span className="font-mono text-xs">{reference}</span>
          </>
        )}
      </EmptyState>
    </div>
  )
}
