'use client'

import { CircleAlert } from 'lucide-react'
import { Button } from '#components/ui/button'
import { EmptyState } from '#components/ui/empty-state'
import { DocumentTitle } from './document-title.tsx'
import { PAGE_FAILED } from './page-failed.tsx'

/** For error.tsx inside the frame: what failed, what still works, try again, and the reference to quote. */
export function ErrorPanel({ reference, retry }: { reference?: string; retry: () => void }) {
  return (
    <div role="alert" className="p-4 md:p-8">
      <DocumentTitle title={PAGE_FAILED.title} />
      <h1 className="sr-only">{PAGE_FAILED.title}</h1>
      <EmptyState
        icon={<CircleAlert />}
        title={PAGE_FAILED.title}
        action={
          <Button variant="primary" onClick={retry}>
            Try again
          </Button>
        }
      >
        {PAGE_FAILED.explanation}
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
