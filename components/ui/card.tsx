import type { ComponentProps, ReactNode } from 'react'
import { cn } from './cn.tsx'

export function Card({ className, ...props }: ComponentProps<'section'>) {
  return (
    <section data-slot="card" className={cn('min-w-0 rounded-lg border bg-surface', className)} {...props} />
  )
}

/** A card's title row; `level` keeps the heading order of the page. */
export function CardHeader({
  title,
  description,
  action,
  level = 2,
  className,
}: {
  title: ReactNode
  description?: ReactNode
  action?: ReactNode
  level?: 2 | 3
  className?: string
}) {
  const Heading = level === 2 ? 'h2' : 'h3'
  return (
    <header
      data-slot="card-header"
      className={cn(
        'flex min-h-11.5 flex-wrap items-center justify-between gap-x-4 gap-y-2 border-b px-4 py-2',
        className,
      )}
    >
      <div className="min-w-0">
        <Heading className="font-semibold text-base">{title}</Heading>
        {description && <p className="mt-0.5 text-fg-muted text-sm">{description}</p>}
      </div>
      {action && <div className="flex items-center gap-2 text-sm">{action}</div>}
    </header>
  )
}

export function CardBody({ className, ...props }: ComponentProps<'div'>) {
  return <div data-slot="card-body" className={cn('p-4', className)} {...props} />
}

export function CardFooter({ className, ...props }: ComponentProps<'footer'>) {
  return (
    <footer
      data-slot="card-footer"
      className={cn(
        'flex flex-wrap items-center justify-between gap-3 border-t bg-sunken px-4 py-3 text-fg-muted text-sm',
        className,
      )}
      {...props}
    />
  )
}
