'use client'

import { useRouter } from 'next/navigation'
import {
  createContext,
  type ReactNode,
  useContext,
  useEffect,
  useMemo,
  useRef,
  useState,
  useTransition,
} from 'react'
import { createRefresher, type Refresher } from './refresher.tsx'

/** `live`: connected, and what is shown was read since. */
export type LiveStatus = 'connecting' | 'live' | 'off'

type Live = {
  status: LiveStatus
  /** The reader stopped the updates. */
  paused: boolean
  /** Changes that arrived while the page was held still. */
  pending: number
} & Pick<Refresher, 'changed' | 'hold' | 'pause' | 'show'>

const nothing = () => {}
const LiveContext = createContext<Live>({
  status: 'off',
  paused: false,
  pending: 0,
  changed: nothing,
  hold: nothing,
  pause: nothing,
  show: nothing,
})

export function useLive(): Live {
  return useContext(LiveContext)
}

const RETRY_MS = [1000, 2000, 5000, 10_000, 30_000]

/**
 * Listens to the team's events (ids only) and lets the server render the page again, as often as `createRefresher`
 * says. Server components stay the truth; without events a reload works as well.
 */
export function LiveRefresh({ url, children }: { url: string; children: ReactNode }) {
  const router = useRouter()
  const [link, setLink] = useState<'connecting' | 'open' | 'off'>('connecting')
  const [caughtUp, setCaughtUp] = useState(false)
  const [reading, startReading] = useTransition()
  const [gathered, setGathered] = useState({ pending: 0, paused: false })
  const refreshPage = useRef(nothing)
  refreshPage.current = () => startReading(() => router.refresh())
  const [refresher] = useState(() => createRefresher(() => refreshPage.current(), setGathered))

  useEffect(() => {
    if (!reading) return
    return () => {
      refresher.done()
      setCaughtUp(true)
    }
  }, [reading, refresher])

  useEffect(() => {
    let source: EventSource | null = null
    let retry = 0
    let tries = 0
    function open() {
      source = new EventSource(url)
      source.onopen = () => {
        setLink('open')
        setCaughtUp(false)
        refresher.reach(true)
        // What changed between the page's rendering and this moment was announced to nobody.
        refresher.show()
        tries = 0
      }
      source.onmessage = refresher.changed
      source.onerror = () => {
        setLink('off')
        refresher.reach(false)
        // The browser retries a dropped connection by itself; after a refusal (readyState CLOSED) it gives up.
        if (source?.readyState === EventSource.CLOSED) {
          // Who was signed out or shut out is refused: the server is asked for the page, and leads away from it.
          if (tries === 0) refreshPage.current()
          retry = window.setTimeout(open, RETRY_MS[Math.min(tries++, RETRY_MS.length - 1)])
        }
      }
    }
    open()
    document.addEventListener('visibilitychange', refresher.seen)
    return () => {
      source?.close()
      clearTimeout(retry)
      refresher.stop()
      document.removeEventListener('visibilitychange', refresher.seen)
    }
  }, [url, refresher])

  const status: LiveStatus = link === 'open' ? (caughtUp ? 'live' : 'connecting') : link
  const live = useMemo(() => ({ status, ...gathered, ...refresher }), [status, gathered, refresher])
  return <LiveContext value={live}>{children}</LiveContext>
}
