import type { ComponentProps } from 'react'
import { cn } from './cn.tsx'

export const controlClasses = cn(
  'w-full min-w-0 rounded-md border border-line-control bg-surface px-2.5 text-fg text-sm pointer-coarse:text-lg',
  'transition-colors duration-100 focus-visible:border-focus focus-visible:outline-offset-0',
  'disabled:cursor-not-allowed disabled:bg-sunken disabled:text-fg-muted',
  'aria-invalid:border-danger',
)

/** 16 px text on touch screens, so that phones do not zoom in on focus. */
export function Input({ className, ...props }: ComponentProps<'input'>) {
  return (
    <input
      data-slot="input"
      className={cn(controlClasses, 'h-8 read-only:bg-sunken pointer-coarse:h-10', className)}
      {...props}
    />
  )
}
