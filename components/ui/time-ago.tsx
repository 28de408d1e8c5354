'use client'

import { useSyncExternalStore } from 'react'
import { absoluteTime, relativeTime, TICK } from './time-words.tsx'

let clock = Date.now()

function subscribe(onTick: () => void) {
  const timer = setInterval(() => {
    clock = Date.now()
    onTick()
  }, TICK)
  return () => clearInterval(timer)
}

/** "2 min ago", with the exact time in the title; keeps counting while the page is open. */
export function TimeAgo({ iso, className }: { iso: string; className?: string }) {
  const now = useSyncExternalStore(
    subscribe,
    () => clock,
    () => Date.now(),
  )
  return (
    <time
      dateTime={iso}
      title={absoluteTime(iso)}
      className={`whitespace-nowrap ${className ?? ''}`}
      suppressHydrationWarning
    >
      {relativeTime(iso, Math.max(now, clock))}
    </time>
  )
}
