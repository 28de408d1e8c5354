'use client'

import { Dialog as Base } from '@base-ui/react/dialog'
import { X } from 'lucide-react'
import type { ReactElement, ReactNode } from 'react'
import { buttonVariants } from './button.tsx'
import { cn } from './cn.tsx'

export const backdropClasses =
  'fixed inset-0 z-40 bg-[light-dark(rgb(28_26_23/35%),rgb(0_0_0/60%))] transition-opacity duration-150 data-ending-style:opacity-0 data-starting-style:opacity-0'

/** A modal dialog. Focus goes in, stays in, and returns to the trigger. */
export function Dialog({
  trigger,
  title,
  description,
  children,
  open,
  onOpenChange,
  className,
}: {
  trigger?: ReactElement
  title: ReactNode
  description?: ReactNode
  children: ReactNode
  open?: boolean
  onOpenChange?: (open: boolean) => void
  className?: string
}) {
  return (
    <Base.Root open={open} onOpenChange={onOpenChange}>
      {trigger && <Base.Trigger render={trigger} />}
      <Base.Portal>
        <Base.Backdrop className={backdropClasses} />
        <Base.Popup
          data-slot="dialog"
          className={cn(
            'fixed top-1/2 left-1/2 z-50 max-h-[calc(100dvh-2rem)] w-[calc(100vw-2rem)] max-w-md -translate-x-1/2 -translate-y-1/2 overflow-y-auto',
            'rounded-xl bg-surface p-5 shadow-float transition-[opacity,scale] duration-150 ease-out',
            'data-ending-style:scale-98 data-starting-style:scale-98 data-ending-style:opacity-0 data-starting-style:opacity-0',
            className,
          )}
        >
          <div className="flex items-start justify-between gap-4">
            <Base.Title className="font-semibold text-lg">{title}</Base.Title>
            <Base.Close
              aria-label="Close"
              className={buttonVariants({ variant: 'ghost', size: 'icon-sm', className: '-mt-1 -mr-1.5' })}
            >
              <X aria-hidden="true" />
            </Base.Close>
          </div>
          {description && (
            <Base.Description className="mt-1 text-fg-muted text-sm">{description}</Base.Description>
          )}
          <div className="mt-4">{children}</div>
        </Base.Popup>
      </Base.Portal>
    </Base.Root>
  )
}

/** A button inside a Dialog that closes it. */
export function DialogClose({ children }: { children: ReactNode }) {
  return <Base.Close className={buttonVariants()}>{children}</Base.Close>
}
