import type { ComponentProps } from 'react'
import { type ButtonVariants, buttonVariants } from './button.tsx'
import { cn } from './cn.tsx'
import { Link } from './link.tsx'

/** A link that looks like a button: for going somewhere, never for doing something. */
export function LinkButton({
  variant,
  size,
  className,
  ...props
}: ComponentProps<typeof Link> & ButtonVariants) {
  return (
    <Link data-slot="link-button" className={cn(buttonVariants({ variant, size }), className)} {...props} />
  )
}
