import type { ReactNode } from 'react'
import { cn } from './cn.tsx'

/** The bordered sheet a table or list lies on; clips its rounded corners without cutting off sticky heads. */
export function ListCard({ children, className }: { children: ReactNode; className?: string }) {
  return (
    <div
      data-slot="list-card"
      className={cn('min-w-0 overflow-clip rounded-lg border bg-surface', className)}
    >
      {children}
    </div>
  )
}
