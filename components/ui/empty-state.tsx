import type { ReactNode } from 'react'
import { cn } from './cn.tsx'

/** What will be here, and the next act. For an empty search: what did not match, and "Clear filters". */
export function EmptyState({
  icon,
  title,
  children,
  action,
  compact = false,
  className,
}: {
  icon?: ReactNode
  title: ReactNode
  children?: ReactNode
  action?: ReactNode
  /** For a card among others. */
  compact?: boolean
  className?: string
}) {
  return (
    <div
      data-slot="empty-state"
      className={cn(
        'flex flex-col items-center px-6 text-center',
        compact ? 'py-7 text-sm' : 'py-14',
        className,
      )}
    >
      {icon && (
        <div
          aria-hidden="true"
          className="mb-3 rounded-lg border bg-sunken p-2.5 text-fg-subtle [&_svg]:size-5"
        >
          {icon}
        </div>
      )}
      <p className="font-medium">{title}</p>
      {children && <p className="mt-1 max-w-md text-pretty text-fg-muted text-sm">{children}</p>}
      {action && <div className="mt-4 flex flex-wrap justify-center gap-2">{action}</div>}
    </div>
  )
}
