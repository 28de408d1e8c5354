'use client'

import { ArrowUp } from 'lucide-react'
import { useEffect } from 'react'
import { Button } from '#components/ui/button'
import { useLive } from './live-refresh.tsx'

const SCROLLED_PX = 160

/** While the reader is further down, new events gather here instead of shifting the rows. */
export function NewEventsButton({ noun = 'event' }: { noun?: string }) {
  const { pending, hold } = useLive()
  useEffect(() => {
    const onScroll = () => hold(window.scrollY > SCROLLED_PX)
    onScroll()
    window.addEventListener('scroll', onScroll, { passive: true })
    return () => {
      window.removeEventListener('scroll', onScroll)
      hold(false)
    }
  }, [hold])

  return (
    <div role="status" className="pointer-events-none sticky top-16 z-10 flex h-0 justify-center">
      {pending > 0 && (
        <Button
          variant="primary"
          size="sm"
          className="pointer-events-auto rounded-full shadow-float"
          onClick={() => {
            window.scrollTo({ top: 0 })
            hold(false)
          }}
        >
          <ArrowUp aria-hidden="true" />
          {pending.toLocaleString('en')} new {pending === 1 ? noun : `${noun}s`}
        </Button>
      )}
    </div>
  )
}
