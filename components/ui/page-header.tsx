import type { ReactNode } from 'react'

/** The page's h1, what it is about, and its primary act. */
export function PageHeader({
  title,
  badge,
  description,
  action,
}: {
  title: string
  badge?: ReactNode
  description?: ReactNode
  action?: ReactNode
}) {
  return (
    <header
      data-slot="page-header"
      className="mb-6 flex flex-wrap items-start justify-between gap-x-6 gap-y-3"
    >
      <div className="min-w-0 flex-1 basis-80">
        <div className="flex flex-wrap items-center gap-x-3 gap-y-1.5">
          <h1 title={title} className="min-w-0 font-semibold text-2xl [overflow-wrap:anywhere]">
            {title}
          </h1>
          {badge}
        </div>
        {description && <div className="mt-1.5 max-w-2xl text-fg-muted">{description}</div>}
      </div>
      {action && <div className="flex flex-wrap items-center gap-2">{action}</div>}
    </header>
  )
}
