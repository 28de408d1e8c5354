import { ChevronRight } from 'lucide-react'
import type { ReactNode } from 'react'
import { cn } from './cn.tsx'

/** More for those who want it, by the browser's own `<details>`. */
export function Disclosure({
  summary,
  children,
  className,
}: {
  summary: ReactNode
  children: ReactNode
  className?: string
}) {
  return (
    <details data-slot="disclosure" className={cn('group/disclosure text-sm', className)}>
      <summary className="-mx-1 inline-flex min-h-6 list-none items-center gap-1 rounded-sm px-1 text-fg-muted hover:text-fg">
        <ChevronRight
          aria-hidden="true"
          className="size-3.5 transition-transform duration-100 group-open/disclosure:rotate-90"
        />
        {summary}
      </summary>
      <div className="mt-2">{children}</div>
    </details>
  )
}
