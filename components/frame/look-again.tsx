'use client'

import { useEffect } from 'react'
import { useLive } from './live-refresh.tsx'

const EVERY_MS = 2_500

/** For what changes by the mere passing of time, such as a push that settles: the page is looked at again while it shows. */
export function LookAgain() {
  const { changed } = useLive()
  useEffect(() => {
    const timer = setInterval(changed, EVERY_MS)
    return () => clearInterval(timer)
  }, [changed])
  return null
}
