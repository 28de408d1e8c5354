'use client'

import { Search } from 'lucide-react'
import { Button } from '#components/ui/button'
import { Kbd } from '#components/ui/kbd'
import { CommandKey } from './command-key.tsx'
import { OPEN_PALETTE_EVENT } from './shortcut-settings.tsx'

export function PaletteButton({ compact = false }: { compact?: boolean }) {
  const open = () => document.dispatchEvent(new Event(OPEN_PALETTE_EVENT))
  if (compact) {
    return (
      <Button variant="ghost" size="icon" onClick={open} aria-label="Jump to…" className="needs-script">
        <Search aria-hidden="true" />
      </Button>
    )
  }
  return (
    <Button size="sm" onClick={open} className="needs-script pr-1.5 font-normal text-fg-subtle max-md:hidden">
      <Search aria-hidden="true" className="size-3.5!" />
      Jump to…
      <Kbd className="ml-3">
        <CommandKey />K
      </Kbd>
    </Button>
  )
}
