'use client'

import type { ReactNode } from 'react'
import { Dialog } from '#components/ui/dialog'
import { Kbd } from '#components/ui/kbd'
import { Switch } from '#components/ui/switch'
import { CommandKey } from './command-key.tsx'
import type { Place } from './places.tsx'

export function ShortcutHelp({
  places,
  open,
  onOpenChange,
  on,
  onTurn,
}: {
  places: readonly Place[]
  open: boolean
  onOpenChange: (open: boolean) => void
  on: boolean
  onTurn: (on: boolean) => void
}) {
  return (
    <Dialog title="Keyboard shortcuts" open={open} onOpenChange={onOpenChange}>
      <dl className="grid gap-2 text-sm">
        <Row words="Jump to anything" keys={[<CommandKey key="command" />, 'K']} />
        <Row words="Search this page" keys={['/']} />
        {places.map((place) => (
          <Row key={place.key} words={`Go to ${place.label}`} keys={['g', place.key]} />
        ))}
        <Row words="Show this list" keys={['?']} />
      </dl>
      <div className="mt-4 border-t pt-3">
        <Switch
          id="shortcuts-on"
          label="Single-key shortcuts"
          description="Turn off if they get in the way of speech input or another tool. The palette’s keys stay."
          checked={on}
          onChange={(event) => onTurn(event.target.checked)}
        />
      </div>
    </Dialog>
  )
}

function Row({ words, keys }: { words: string; keys: readonly ReactNode[] }) {
  return (
    <div className="flex items-center justify-between gap-4">
      <dt>{words}</dt>
      <dd className="flex gap-1">
        {keys.map((key, index) => (
          <Kbd key={index.toString()}>{key}</Kbd>
        ))}
      </dd>
    </div>
  )
}
