'use client'

import { usePathname } from 'next/navigation'
import { useEffect } from 'react'
import { cn } from '#components/ui/cn'
import { Link } from '#components/ui/link'
import { type Place, placesFor, type Sight } from './places.tsx'
import { SIDEBAR_ID } from './sidebar-id.tsx'

export function NavLinks({ team, which, sight }: { team: string; which: 'upper' | 'foot'; sight: Sight }) {
  const pathname = usePathname()
  // biome-ignore lint/correctness/useExhaustiveDependencies: going somewhere closes the sheet.
  useEffect(() => {
    const sheet = document.getElementById(SIDEBAR_ID)
    if (sheet?.matches(':popover-open')) sheet.hidePopover()
  }, [pathname])

  return (
    <ul className="grid gap-px">
      {placesFor(sight)[which].map((place) => (
        <li key={place.path}>
          <NavLink href={`/${team}${place.path}`} place={place} pathname={pathname} />
        </li>
      ))}
    </ul>
  )
}

function NavLink({ href, place, pathname }: { href: string; place: Place; pathname: string }) {
  const here = pathname === href
  const inside = here || (place.path !== '' && pathname.startsWith(`${href}/`))
  const Icon = place.icon
  return (
    <Link
      href={href}
      aria-current={here ? 'page' : inside ? 'true' : undefined}
      className={cn(
        'flex h-8 items-center gap-2.5 rounded-md px-2 font-medium text-fg-muted text-sm hover:bg-hover hover:text-fg pointer-coarse:h-10',
        inside && 'bg-pressed text-fg hover:bg-pressed',
      )}
    >
      <Icon aria-hidden="true" className={cn('size-4 text-fg-subtle', inside && 'text-accent')} />
      {place.label}
    </Link>
  )
}
