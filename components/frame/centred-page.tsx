import type { ReactNode } from 'react'
import { cn } from '#components/ui/cn'
import { Logo } from '#components/ui/logo'
import { DocumentTitle } from './document-title.tsx'

/** One card in the middle, nothing else to click: sign-in, set-up, approve, and errors outside a team. */
export function CentredPage({
  title,
  heading = true,
  description,
  children,
  footer,
  hideLogo = false,
  wide = false,
}: {
  title: string
  /** False where what is in the card brings its own. */
  heading?: boolean
  description?: ReactNode
  children?: ReactNode
  footer?: ReactNode
  hideLogo?: boolean
  /** 480 px, for the approve screen. */
  wide?: boolean
}) {
  return (
    <main className="flex min-h-dvh flex-col items-center bg-sunken px-4 py-8 sm:py-[12vh]">
      <DocumentTitle title={title} />
      {!hideLogo && <Logo className="mb-6" />}
      <div
        data-slot="centred-card"
        className={cn('w-full rounded-xl border bg-surface p-5 sm:p-7', wide ? 'max-w-120' : 'max-w-100')}
      >
        {heading && <h1 className="font-semibold text-xl">{title}</h1>}
        {description && <div className="mt-1.5 text-pretty text-fg-muted">{description}</div>}
        {children && <div className={heading ? 'mt-5' : undefined}>{children}</div>}
      </div>
      {footer && <div className="mt-5 max-w-100 text-center text-fg-subtle text-xs">{footer}</div>}
    </main>
  )
}
