'use client'

import { useRouter } from 'next/navigation'
import { useCallback, useEffect, useMemo, useState } from 'react'
import { CommandPalette } from './command-palette.tsx'
import type { PaletteSearch } from './frame-types.tsx'
import { announceGo } from './pending-page.tsx'
import { type Place, placesFor, type Sight } from './places.tsx'
import { ShortcutHelp } from './shortcut-help.tsx'
import {
  OPEN_HELP_EVENT,
  OPEN_PALETTE_EVENT,
  readShortcutsOn,
  writeShortcutsOn,
} from './shortcut-settings.tsx'

const GO_WINDOW_MS = 1200

function allPlaces(sight: Sight): readonly Place[] {
  const { upper, foot } = placesFor(sight)
  return [...upper, ...foot]
}

function isTyping(target: EventTarget | null): boolean {
  return (
    target instanceof HTMLElement &&
    target.closest('input, textarea, select, [contenteditable="true"]') !== null
  )
}

/** The palette and the single-key shortcuts. The latter can be turned off (WCAG 2.1.4); ⌘K always works. */
export function CommandCenter({
  team,
  search,
  sight,
}: {
  team: string
  search: PaletteSearch
  sight: Sight
}) {
  const places = useMemo(() => allPlaces(sight), [sight])
  const router = useRouter()
  const [palette, setPalette] = useState(false)
  const [help, setHelp] = useState(false)
  const [on, setOn] = useState(true)

  useEffect(() => setOn(readShortcutsOn()), [])
  const turn = useCallback((next: boolean) => {
    writeShortcutsOn(next)
    setOn(next)
  }, [])

  useEffect(() => {
    let goUntil = 0
    function onKey(event: KeyboardEvent) {
      if ((event.metaKey || event.ctrlKey) && event.key.toLowerCase() === 'k') {
        event.preventDefault()
        setPalette((open) => !open)
        return
      }
      if (!on || event.metaKey || event.ctrlKey || event.altKey || event.isComposing) return
      if (isTyping(event.target) || document.querySelector('[role="dialog"]')) return
      if (Date.now() < goUntil) {
        const place = places.find((candidate) => candidate.key === event.key)
        goUntil = 0
        if (place) {
          event.preventDefault()
          announceGo(`/${team}${place.path}`)
          router.push(`/${team}${place.path}`)
        }
      } else if (event.key === 'g') {
        goUntil = Date.now() + GO_WINDOW_MS
      } else if (event.key === '/') {
        const box = document.querySelector<HTMLInputElement>('input[type="search"]')
        event.preventDefault()
        if (box) box.focus()
        else setPalette(true)
      } else if (event.key === '?') {
        event.preventDefault()
        setHelp(true)
      }
    }
    const openPalette = () => setPalette(true)
    const openHelp = () => setHelp(true)
    document.addEventListener('keydown', onKey)
    document.addEventListener(OPEN_PALETTE_EVENT, openPalette)
    document.addEventListener(OPEN_HELP_EVENT, openHelp)
    return () => {
      document.removeEventListener('keydown', onKey)
      document.removeEventListener(OPEN_PALETTE_EVENT, openPalette)
      document.removeEventListener(OPEN_HELP_EVENT, openHelp)
    }
  }, [on, router, team, places])

  return (
    <>
      <CommandPalette team={team} places={places} search={search} open={palette} onOpenChange={setPalette} />
      <ShortcutHelp places={places} open={help} onOpenChange={setHelp} on={on} onTurn={turn} />
    </>
  )
}
