'use client'

import { Menu } from 'lucide-react'
import type { ReactNode } from 'react'
import { Button } from '#components/ui/button'
import { Logo } from '#components/ui/logo'
import { CommandCenter } from './command-center.tsx'
import type { FrameProps } from './frame-types.tsx'
import { LiveFade } from './live-fade.tsx'
import { LiveRefresh } from './live-refresh.tsx'
import { PaletteButton } from './palette-button.tsx'
import { PendingPage } from './pending-page.tsx'
import { Sidebar } from './sidebar.tsx'
import { SIDEBAR_ID } from './sidebar-id.tsx'

/** What stands around every page of a team. The page itself brings its bar and title: see Page. */
export function AppFrame({ children, ...props }: FrameProps & { children: ReactNode }) {
  return (
    <LiveRefresh url={`/${props.team.slug}/events`}>
      <a
        href="#main"
        className="sr-only focus:not-sr-only focus:fixed focus:top-2 focus:left-2 focus:z-60 focus:rounded-md focus:bg-ink focus:px-3 focus:py-2 focus:text-on-ink"
      >
        Skip to content
      </a>
      <div className="md:flex">
        <header className="sticky top-0 z-20 flex h-12 items-center justify-between border-b bg-canvas px-2 md:hidden">
          <div className="flex items-center gap-1">
            <Button variant="ghost" size="icon" popoverTarget={SIDEBAR_ID} aria-label="Open menu">
              <Menu aria-hidden="true" />
            </Button>
            <Logo />
          </div>
          <PaletteButton compact />
        </header>
        <Sidebar {...props} />
        <main
          id="main"
          tabIndex={-1}
          className="min-w-0 flex-1 outline-none [--table-top:3rem] md:[--table-top:3.5rem]"
        >
          <PendingPage>{children}</PendingPage>
        </main>
      </div>
      <LiveFade />
      <CommandCenter team={props.team.slug} search={props.search} sight={props.sight} />
    </LiveRefresh>
  )
}
