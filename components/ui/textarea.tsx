import type { ComponentProps } from 'react'
import { cn } from './cn.tsx'
import { controlClasses } from './input.tsx'

export function Textarea({ className, rows = 4, ...props }: ComponentProps<'textarea'>) {
  return (
    <textarea
      data-slot="textarea"
      rows={rows}
      className={cn(controlClasses, 'resize-y py-1.5', className)}
      {...props}
    />
  )
}
