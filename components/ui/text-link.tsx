import type { ComponentProps } from 'react'
import { cn } from './cn.tsx'
import { Link } from './link.tsx'

/** A link inside running text or a table cell. `quiet` drops the underline until hover (name cells). */
export function TextLink({
  quiet = false,
  className,
  ...props
}: ComponentProps<typeof Link> & { quiet?: boolean }) {
  return (
    <Link
      data-slot="text-link"
      className={cn(
        'rounded-sm underline-offset-3 hover:underline',
        quiet ? 'font-medium text-fg' : 'text-accent underline decoration-accent/40 hover:decoration-current',
        className,
      )}
      {...props}
    />
  )
}
