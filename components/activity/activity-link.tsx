'use client'

import { usePathname, useRouter, useSearchParams } from 'next/navigation'
import type { MouseEvent, ReactNode } from 'react'
import { Link } from '#components/ui/link'

/** Where a list and a panel beside it both have room. */
const WIDE = '(min-width: 64rem)'

/**
 * A row's link to its entry. On a wide screen the entry opens beside the list (`?entry=`), and the row says that it is
 * open; on a narrow one, in a new tab and without scripts it is a page.
 */
export function ActivityLink({ href, id, children }: { href: string; id: string; children: ReactNode }) {
  const router = useRouter()
  const path = usePathname()
  const search = useSearchParams()
  const open = search.get('entry')
  function beside(event: MouseEvent<HTMLAnchorElement>) {
    const wide = matchMedia(WIDE).matches
    // Read by PendingPage: this page stays.
    event.currentTarget.dataset.opens = wide ? 'beside' : 'page'
    if (event.metaKey || event.ctrlKey || event.shiftKey || event.altKey || !wide) return
    event.preventDefault()
    const query = new URLSearchParams(search)
    query.set('entry', id)
    router[open ? 'replace' : 'push'](`${path}?${query}`, { scroll: false })
  }
  return (
    <Link
      href={href}
      onClick={beside}
      aria-current={open === id ? 'true' : undefined}
      className="block rounded-sm underline-offset-3 [overflow-wrap:anywhere] hover:underline sm:truncate"
    >
      {children}
    </Link>
  )
}
