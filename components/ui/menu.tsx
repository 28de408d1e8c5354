'use client'

import { Menu as Base } from '@base-ui/react/menu'
import type { ComponentProps, ReactElement, ReactNode } from 'react'
import { cn } from './cn.tsx'
import { Link } from './link.tsx'

const itemClasses = cn(
  'flex min-h-8 w-full select-none items-center gap-2 rounded-md px-2 text-left text-sm outline-none pointer-coarse:min-h-10',
  'data-highlighted:bg-hover data-disabled:opacity-55 [&_svg]:size-4 [&_svg]:shrink-0 [&_svg]:text-fg-subtle',
)

/** A dropdown of acts or places. `trigger` is the button that opens it. */
export function Menu({
  trigger,
  children,
  align = 'start',
  className,
}: {
  trigger: ReactElement
  children: ReactNode
  align?: 'start' | 'end'
  className?: string
}) {
  return (
    <Base.Root modal={false}>
      <Base.Trigger render={trigger} />
      <Base.Portal>
        <Base.Positioner align={align} sideOffset={6} className="z-50 outline-none">
          <Base.Popup
            data-slot="menu"
            className={cn(
              'min-w-48 max-w-80 rounded-lg bg-surface p-1 shadow-float outline-none transition-opacity duration-100',
              'data-ending-style:opacity-0 data-starting-style:opacity-0',
              className,
            )}
          >
            {children}
          </Base.Popup>
        </Base.Positioner>
      </Base.Portal>
    </Base.Root>
  )
}

export function MenuItem({
  danger = false,
  className,
  ...props
}: ComponentProps<typeof Base.Item> & { danger?: boolean; className?: string }) {
  return <Base.Item className={cn(itemClasses, danger && 'text-danger', className)} {...props} />
}

export function MenuLink({ href, children }: { href: string; children: ReactNode }) {
  return <Base.LinkItem className={itemClasses} closeOnClick render={<Link href={href}>{children}</Link>} />
}

export function MenuSeparator() {
  return <Base.Separator className="my-1 h-px bg-line" />
}

export function MenuLabel({ children }: { children: ReactNode }) {
  return <div className="px-2 py-1.5 text-fg-subtle text-xs">{children}</div>
}
