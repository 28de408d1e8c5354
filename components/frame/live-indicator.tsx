'use client'

import { Status } from '#components/ui/badge'
import { useLive } from './live-refresh.tsx'

/** Says whether the page follows what happens. Announced politely, and only when it changes. */
export function LiveIndicator() {
  const { status } = useLive()
  return (
    <span role="status" className="needs-script whitespace-nowrap text-fg-subtle text-xs">
      {status === 'live' && <Status tone="success">Live</Status>}
      {status === 'off' && (
        <Status tone="warning" pulse>
          <span className="max-sm:hidden">Live updates are off. Reconnecting…</span>
          <span className="sm:hidden">Reconnecting…</span>
        </Status>
      )}
    </span>
  )
}
