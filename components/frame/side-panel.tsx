'use client'

import { Maximize2, X } from 'lucide-react'
import { useRouter } from 'next/navigation'
import { type ReactNode, useEffect, useRef } from 'react'
import { buttonVariants } from '#components/ui/button'
import { Link } from '#components/ui/link'

const icon = buttonVariants({ variant: 'ghost', size: 'icon' })

/**
 * Beside the list it was opened from (over it on a narrow screen); the list stays in use. Focus comes in and goes back
 * to the row; Esc and Back close it.
 */
export function SidePanel({
  title,
  href,
  closeHref,
  children,
}: {
  title: string
  /** Its own page. */
  href: string
  closeHref: string
  children: ReactNode
}) {
  const router = useRouter()
  const panel = useRef<HTMLElement>(null)
  useEffect(() => {
    const opener = document.activeElement instanceof HTMLElement ? document.activeElement : null
    panel.current?.focus({ preventScroll: true })
    return () => opener?.focus({ preventScroll: true })
  }, [])
  useEffect(() => {
    function onKey(event: KeyboardEvent) {
      if (event.key !== 'Escape' || event.defaultPrevented) return
      if (document.querySelector('[role="dialog"], :popover-open')) return
      router.replace(closeHref, { scroll: false })
    }
    document.addEventListener('keydown', onKey)
    return () => document.removeEventListener('keydown', onKey)
  }, [router, closeHref])
  return (
    <aside
      ref={panel}
      tabIndex={-1}
      aria-label={title}
      data-slot="side-panel"
      className="fixed inset-y-0 right-0 z-30 flex w-full animate-appear-now flex-col bg-canvas shadow-float outline-none md:w-[min(40rem,calc(100vw-14.5rem))]"
    >
      <header className="flex min-h-12 items-center gap-1 border-b px-4 py-1.5 md:min-h-14">
        <h2 className="min-w-0 flex-1 truncate font-semibold text-base" title={title}>
          {title}
        </h2>
        <Link href={href} aria-label="Open as a page" title="Open as a page" className={icon}>
          <Maximize2 aria-hidden="true" />
        </Link>
        <Link href={closeHref} replace scroll={false} aria-label="Close" title="Close (Esc)" className={icon}>
          <X aria-hidden="true" />
        </Link>
      </header>
      <div className="min-h-0 flex-1 overflow-y-auto overscroll-contain p-4 [--table-top:-1rem]">
        {children}
      </div>
    </aside>
  )
}
