import { CircleAlert, CircleCheck, Info, TriangleAlert } from 'lucide-react'
import type { ReactNode } from 'react'
import { cn } from './cn.tsx'

const looks = {
  info: { Icon: Info, box: 'border-info-line bg-info-soft', icon: 'text-info' },
  success: { Icon: CircleCheck, box: 'border-success-line bg-success-soft', icon: 'text-success' },
  warning: { Icon: TriangleAlert, box: 'border-warning-line bg-warning-soft', icon: 'text-warning' },
  danger: { Icon: CircleAlert, box: 'border-danger-line bg-danger-soft', icon: 'text-danger' },
} as const

/** A notice in the page. `live` announces it to screen readers when it appears (form results, not decoration). */
export function Alert({
  tone = 'info',
  title,
  children,
  action,
  live = false,
  className,
}: {
  tone?: keyof typeof looks
  title?: ReactNode
  children?: ReactNode
  action?: ReactNode
  live?: boolean
  className?: string
}) {
  const { Icon, box, icon } = looks[tone]
  return (
    <div
      data-slot="alert"
      role={live ? (tone === 'danger' ? 'alert' : 'status') : undefined}
      className={cn('flex items-start gap-3 rounded-lg border px-3.5 py-3 text-sm', box, className)}
    >
      <Icon aria-hidden="true" className={cn('mt-0.5 size-4 shrink-0', icon)} />
      <div className="min-w-0 flex-1">
        {title && <p className="font-semibold">{title}</p>}
        {children && <div className={title ? 'mt-0.5 text-fg-muted' : undefined}>{children}</div>}
        {action && <div className="mt-2.5 flex flex-wrap gap-2">{action}</div>}
      </div>
    </div>
  )
}
