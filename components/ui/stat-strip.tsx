'use client'

import type { ReactNode } from 'react'
import { cn } from './cn.tsx'
import { Link } from './link.tsx'

export type Stat = {
  label: string
  value: ReactNode
  note: ReactNode
  /** Where what is counted can be seen. */
  href: string
  tone?: 'danger'
}

/** The few numbers of a page in one row, each leading to what it counts. */
export function StatStrip({ stats, label }: { stats: readonly Stat[]; label: string }) {
  return (
    <ul
      aria-label={label}
      data-slot="stat-strip"
      className="grid grid-cols-2 gap-px overflow-clip rounded-lg border bg-line lg:grid-cols-4"
    >
      {stats.map((stat) => (
        <li key={stat.label} className="bg-surface">
          <Link
            href={stat.href}
            className="flex h-full flex-col px-4 py-3 hover:bg-hover focus-visible:-outline-offset-2"
          >
            <span className="text-fg-muted text-sm">{stat.label}</span>
            <span
              className={cn(
                'mt-0.5 font-semibold text-xl tabular-nums',
                stat.tone === 'danger' && 'text-danger',
              )}
            >
              {stat.value}
            </span>
            <span className="mt-0.5 text-fg-subtle text-xs">{stat.note}</span>
          </Link>
        </li>
      ))}
    </ul>
  )
}
