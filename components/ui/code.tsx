import type { ComponentProps } from 'react'
import { cn } from './cn.tsx'

/** An id, URN, path or header inside text. */
export function Code({ className, ...props }: ComponentProps<'code'>) {
  return (
    <code
      data-slot="code"
      className={cn(
        'rounded-sm bg-hover px-1 py-0.5 font-mono text-[0.92em] [overflow-wrap:anywhere]',
        className,
      )}
      {...props}
    />
  )
}
