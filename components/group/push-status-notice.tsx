import type { ReactNode } from 'react'
import { Alert } from '#components/ui/alert'

/** The error of a pushed group: what happened, what to do, and the request that shows it. */
export function PushErrorNotice({
  cause,
  remedy,
  action,
}: {
  cause: string
  remedy: string
  action?: ReactNode
}) {
  return (
    <Alert tone="danger" title={cause} action={action}>
      {remedy}
    </Alert>
  )
}
