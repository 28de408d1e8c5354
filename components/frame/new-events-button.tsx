'use client'

import { ArrowUp } from 'lucide-react'
import { useEffect, useRef, useState } from 'react'
import { Button } from '#components/ui/button'
import { useLive } from './live-refresh.tsx'

const SCROLLED_PX = 160
const ASK_EVERY_MS = 1_000

type Newer = { count: number; more: boolean }
const NONE: Newer = { count: 0, more: false }

async function countNewer(href: string): Promise<Newer> {
  const answer = await fetch(href)
  return answer.ok ? ((await answer.json()) as Newer) : NONE
}

/**
 * While the reader is further down, new events gather here instead of shifting the rows. `countHref` answers how many
 * there are, by the page's own filters.
 */
export function NewEventsButton({ countHref }: { countHref: string }) {
  const { pending, hold, show } = useLive()
  const [newer, setNewer] = useState(NONE)
  useEffect(() => {
    const onScroll = () => hold(window.scrollY > SCROLLED_PX)
    onScroll()
    window.addEventListener('scroll', onScroll, { passive: true })
    return () => {
      window.removeEventListener('scroll', onScroll)
      hold(false)
    }
  }, [hold])

  const timer = useRef(0)
  useEffect(() => {
    if (pending === 0) setNewer(NONE)
    // Not once a change: they may come faster than anybody reads.
    else
      timer.current ||= window.setTimeout(() => {
        timer.current = 0
        countNewer(countHref).then(setNewer, () => undefined)
      }, ASK_EVERY_MS)
  }, [pending, countHref])
  useEffect(
    () => () => {
      clearTimeout(timer.current)
      timer.current = 0
    },
    [],
  )

  return (
    <div role="status" className="pointer-events-none sticky top-16 z-10 flex h-0 justify-center">
      {pending > 0 && newer.count > 0 && (
        <Button
          variant="primary"
          size="sm"
          className="pointer-events-auto rounded-full shadow-float"
          onClick={() => {
            window.scrollTo({ top: 0 })
            show()
          }}
        >
          <ArrowUp aria-hidden="true" />
          {newer.count}
          {newer.more && '+'} new {newer.count === 1 ? 'event' : 'events'}
        </Button>
      )}
    </div>
  )
}
