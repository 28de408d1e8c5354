'use client'

import type { ReactNode } from 'react'
import { Breadcrumbs, type Crumb } from '#components/ui/breadcrumbs'
import { PageHeader } from '#components/ui/page-header'
import { DocumentTitle } from './document-title.tsx'
import { LiveIndicator } from './live-indicator.tsx'
import { PaletteButton } from './palette-button.tsx'

/** A page inside the frame: the bar with breadcrumbs, the title with its primary act, and the content column. */
export function Page({
  crumbs,
  title,
  badge,
  description,
  action,
  narrow = false,
  children,
}: {
  /** From the team's room down to this page; the last one has no href. */
  crumbs: readonly Crumb[]
  title: string
  badge?: ReactNode
  description?: ReactNode
  action?: ReactNode
  /** For forms and guided setups. */
  narrow?: boolean
  children: ReactNode
}) {
  return (
    <>
      <DocumentTitle title={title} />
      <div className="z-10 flex h-12 items-center justify-between gap-4 border-b bg-canvas px-4 md:sticky md:top-0 md:h-14 md:px-8">
        <Breadcrumbs crumbs={crumbs} />
        <div className="flex shrink-0 items-center gap-4">
          <LiveIndicator />
          <PaletteButton />
        </div>
      </div>
      <div className="mx-auto w-full max-w-[75rem] px-4 py-6 md:px-8 md:py-8">
        <div className={narrow ? 'max-w-3xl' : undefined}>
          <PageHeader title={title} badge={badge} description={description} action={action} />
          {children}
        </div>
      </div>
    </>
  )
}
