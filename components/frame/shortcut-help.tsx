'use client'

import { Dialog } from '#components/ui/dialog'
import { Kbd } from '#components/ui/kbd'
import { Switch } from '#components/ui/switch'
import { places, settingsPlace } from './places.tsx'

export function ShortcutHelp({
  open,
  onOpenChange,
  on,
  onTurn,
}: {
  open: boolean
  onOpenChange: (open: boolean) => void
  on: boolean
  onTurn: (on: boolean) => void
}) {
  return (
    <Dialog title="Keyboard shortcuts" open={open} onOpenChange={onOpenChange}>
      <dl className="grid gap-2 text-sm">
        <Row words="Jump to anything" keys={['⌘', 'K']} />
        <Row words="Search this page" keys={['/']} />
        {[...places, settingsPlace].map((place) => (
          <Row key={place.key} words={`Go to ${place.label}`} keys={['g', place.key]} />
        ))}
        <Row words="Show this list" keys={['?']} />
      </dl>
      <div className="mt-4 border-t pt-3">
        <Switch
          id="shortcuts-on"
          label="Single-key shortcuts"
          description="Turn off if they get in the way of speech input or another tool. ⌘K stays."
          checked={on}
          onChange={(event) => onTurn(event.target.checked)}
        />
      </div>
    </Dialog>
  )
}

function Row({ words, keys }: { words: string; keys: readonly string[] }) {
  return (
    <div className="flex items-center justify-between gap-4">
      <dt>{words}</dt>
      <dd className="flex gap-1">
        {keys.map((key, index) => (
          <Kbd key={`${index.toString()}${key}`}>{key}</Kbd>
        ))}
      </dd>
    </div>
  )
}
