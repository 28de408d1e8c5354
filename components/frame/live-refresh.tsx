'use client'

import { useRouter } from 'next/navigation'
import {
  createContext,
  type ReactNode,
  useCallback,
  useContext,
  useEffect,
  useMemo,
  useRef,
  useState,
} from 'react'

export type LiveStatus = 'connecting' | 'live' | 'off'

type Live = {
  status: LiveStatus
  /** Changes that arrived while the page was held still. */
  pending: number
  /** Hold: gather changes instead of refreshing, so that rows do not shift under the reader. */
  hold: (held: boolean) => void
}

const LiveContext = createContext<Live>({ status: 'off', pending: 0, hold: () => {} })

export function useLive(): Live {
  return useContext(LiveContext)
}

const REFRESH_EVERY_MS = 1000
const RETRY_MS = [1000, 2000, 5000, 10_000, 30_000]

/**
 * Listens to the team's events (ids only) and lets the server render the page again: at most once a second, never
 * while the tab is hidden, and once when it is shown again. Server components stay the truth; without events a
 * reload works as well.
 */
export function LiveRefresh({ url, children }: { url: string; children: ReactNode }) {
  const router = useRouter()
  const [status, setStatus] = useState<LiveStatus>('connecting')
  const [pending, setPending] = useState(0)
  const state = useRef({ held: false, missed: false, last: 0, timer: 0 })

  const refresh = useCallback(() => {
    const now = state.current
    if (document.hidden) {
      now.missed = true
      return
    }
    if (now.timer) return
    const wait = Math.max(0, now.last + REFRESH_EVERY_MS - Date.now())
    now.timer = window.setTimeout(() => {
      now.timer = 0
      now.last = Date.now()
      router.refresh()
    }, wait)
  }, [router])

  const hold = useCallback(
    (held: boolean) => {
      const released = state.current.held && !held
      state.current.held = held
      if (released) {
        setPending((count) => {
          if (count > 0) refresh()
          return 0
        })
      }
    },
    [refresh],
  )

  useEffect(() => {
    let source: EventSource | null = null
    let retry = 0
    let tries = 0

    function onChange() {
      if (state.current.held) setPending((count) => count + 1)
      else refresh()
    }
    function open() {
      source = new EventSource(url)
      source.onopen = () => {
        setStatus('live')
        // What changed between the page's rendering and this moment was announced to nobody.
        refresh()
        tries = 0
      }
      source.onmessage = onChange
      source.addEventListener('change', onChange)
      source.onerror = () => {
        setStatus('off')
        // The browser retries a dropped connection by itself; after a refusal (readyState CLOSED) it gives up.
        if (source?.readyState === EventSource.CLOSED) {
          retry = window.setTimeout(open, RETRY_MS[Math.min(tries++, RETRY_MS.length - 1)])
        }
      }
    }
    function onVisibility() {
      if (document.hidden) return
      state.current.missed = false
      refresh()
    }
    const now = state.current
    open()
    document.addEventListener('visibilitychange', onVisibility)
    return () => {
      source?.close()
      clearTimeout(retry)
      clearTimeout(now.timer)
      now.timer = 0
      document.removeEventListener('visibilitychange', onVisibility)
    }
  }, [url, refresh])

  const live = useMemo(() => ({ status, pending, hold }), [status, pending, hold])
  return <LiveContext value={live}>{children}</LiveContext>
}
