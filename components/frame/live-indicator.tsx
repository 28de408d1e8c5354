'use client'

import { Pause } from 'lucide-react'
import { Status } from '#components/ui/badge'
import { cn } from '#components/ui/cn'
import { useLive } from './live-refresh.tsx'

/** Says whether the page follows what happens, and lets the reader stop it. Announced politely, and only when it changes. */
export function LiveIndicator() {
  const { status, paused, pause } = useLive()
  return (
    <span role="status" className="needs-script whitespace-nowrap text-fg-subtle text-xs">
      {status === 'live' && (
        <button
          type="button"
          aria-pressed={paused}
          title={paused ? 'Follow what happens again' : 'Stop following what happens'}
          onClick={() => pause(!paused)}
          className={cn(
            'inline-flex h-6 items-center rounded-sm px-1.5 hover:bg-hover',
            paused && 'bg-hover',
          )}
        >
          {paused ? (
            <span className="inline-flex items-center gap-1.5">
              <Pause aria-hidden="true" className="size-3" />
              Paused
            </span>
          ) : (
            <Status tone="success">Live</Status>
          )}
        </button>
      )}
      {status === 'off' && (
        <Status tone="warning" pulse>
          <span className="max-sm:hidden">Live updates are off. Reconnecting…</span>
          <span className="sm:hidden">Reconnecting…</span>
        </Status>
      )}
    </span>
  )
}
