import type { ReactNode } from 'react'
import { cn } from './cn.tsx'
import { Link } from './link.tsx'

export type Tab = { href: string; label: string; count?: number; current?: boolean }

/** Tabs that are links: each has its own URL, Back works, and they open in a new window. */
export function Tabs({
  label,
  tabs,
  className,
}: {
  label: string
  tabs: readonly Tab[]
  className?: string
}) {
  return (
    <nav data-slot="tabs" aria-label={label} className={cn('overflow-x-auto border-b', className)}>
      <ul className="flex gap-5">
        {tabs.map((tab) => (
          <li key={tab.href}>
            <Link
              href={tab.href}
              scroll={false}
              aria-current={tab.current ? 'page' : undefined}
              className={cn(
                'flex h-10 items-center gap-1.5 whitespace-nowrap border-transparent border-b-2 font-medium text-fg-muted text-sm hover:text-fg',
                'aria-[current=page]:border-fg aria-[current=page]:text-fg focus-visible:-outline-offset-2',
              )}
            >
              {tab.label}
              {tab.count !== undefined && <Count>{tab.count.toLocaleString('en')}</Count>}
            </Link>
          </li>
        ))}
      </ul>
    </nav>
  )
}

function Count({ children }: { children: ReactNode }) {
  return (
    <span className="rounded-full bg-hover px-1.5 font-normal text-fg-muted text-xs tabular-nums">
      {children}
    </span>
  )
}
