import type { ComponentProps } from 'react'
import { cn } from './cn.tsx'

export function Kbd({ className, ...props }: ComponentProps<'kbd'>) {
  return (
    <kbd
      data-slot="kbd"
      className={cn(
        'inline-flex h-5 min-w-5 items-center justify-center rounded-sm border bg-surface px-1 font-sans text-fg-subtle text-xs',
        className,
      )}
      {...props}
    />
  )
}
