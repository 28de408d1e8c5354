'use client'

import { usePathname } from 'next/navigation'
import { type ReactNode, useLayoutEffect, useState } from 'react'
import { outlineOf } from './outlines.tsx'
import { DetailSkeleton, PageSkeleton } from './page-skeleton.tsx'

/** Going somewhere by other means than a link says so with this event; `detail` is the path. */
const GO_EVENT = 'muster:go'
const SHOWN_AFTER_MS = 200
const GIVEN_UP_AFTER_MS = 15_000

export function announceGo(path: string): void {
  document.dispatchEvent(new CustomEvent(GO_EVENT, { detail: path }))
}

/**
 * While another page is on its way, its outline in place of this one, after 200 ms. Done here rather than by a
 * loading.tsx, which costs documents their status code and those without scripts the page: docs/decisions/045.
 */
export function PendingPage({ children }: { children: ReactNode }) {
  const path = usePendingPath()
  const outline = path === undefined ? undefined : outlineOf(path)
  return (
    <>
      {outline &&
        (outline.columns ? (
          <PageSkeleton title={outline.title} columns={outline.columns} />
        ) : (
          <DetailSkeleton room={outline.title} />
        ))}
      <div className={outline ? 'hidden' : 'contents'}>{children}</div>
    </>
  )
}

function usePendingPath(): string | undefined {
  const here = usePathname()
  const [pending, setPending] = useState<string>()
  // As a layout effect it listens as soon as links do: other effects come only after the click that hydrated the page.
  useLayoutEffect(() => {
    let timer = 0
    const stop = () => {
      clearTimeout(timer)
      setPending(undefined)
    }
    const start = (path: string) => {
      clearTimeout(timer)
      if (path === here) return
      timer = window.setTimeout(() => {
        setPending(path)
        timer = window.setTimeout(stop, GIVEN_UP_AFTER_MS)
      }, SHOWN_AFTER_MS)
    }
    const onGo = (event: Event) => start((event as CustomEvent<string>).detail)
    // A link that the router follows has been kept from the browser by now.
    const onClick = (event: MouseEvent) => {
      const link = event.target instanceof Element ? event.target.closest('a') : null
      if (!event.defaultPrevented || !link || link.origin !== location.origin) return
      if (link.dataset.opens !== 'beside') start(link.pathname)
    }
    document.addEventListener('click', onClick)
    document.addEventListener(GO_EVENT, onGo)
    window.addEventListener('popstate', stop)
    return () => {
      stop()
      document.removeEventListener('click', onClick)
      document.removeEventListener(GO_EVENT, onGo)
      window.removeEventListener('popstate', stop)
    }
  }, [here])
  return pending
}
