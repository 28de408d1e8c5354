'use client'

import { Autocomplete } from '@base-ui/react/autocomplete'
import { Dialog } from '@base-ui/react/dialog'
import { Search } from 'lucide-react'
import { useRouter } from 'next/navigation'
import { useDeferredValue, useEffect, useState } from 'react'
import { backdropClasses } from '#components/ui/dialog'
import type { PaletteItem, PaletteSearch } from './frame-types.tsx'
import { announceGo } from './pending-page.tsx'
import type { Place } from './places.tsx'

const DEBOUNCE_MS = 150

type Props = {
  team: string
  places: readonly Place[]
  search: PaletteSearch
  open: boolean
  onOpenChange: (open: boolean) => void
}

/** Jump to a page, or to a user, group, role or connection by name or id. The server searches. */
export function CommandPalette({ team, places, search, open, onOpenChange }: Props) {
  return (
    <Dialog.Root open={open} onOpenChange={onOpenChange}>
      <Dialog.Portal>
        <Dialog.Backdrop className={backdropClasses} />
        <Dialog.Popup
          aria-label="Jump to"
          className="fixed top-[12vh] left-1/2 z-50 flex max-h-[min(28rem,75dvh)] w-[calc(100vw-2rem)] max-w-lg -translate-x-1/2 flex-col overflow-hidden rounded-xl bg-surface shadow-float transition-opacity duration-100 data-ending-style:opacity-0 data-starting-style:opacity-0"
        >
          <Finder team={team} places={places} search={search} close={() => onOpenChange(false)} />
        </Dialog.Popup>
      </Dialog.Portal>
    </Dialog.Root>
  )
}

function pagesMatching(team: string, places: readonly Place[], query: string): PaletteItem[] {
  const words = query.trim().toLowerCase()
  return places
    .filter((place) => place.label.toLowerCase().includes(words))
    .map((place) => ({ href: `/${team}${place.path}`, label: place.label, kind: 'Page' }))
}

function Finder({
  team,
  places,
  search,
  close,
}: {
  team: string
  places: readonly Place[]
  search: PaletteSearch
  close: () => void
}) {
  const router = useRouter()
  const [query, setQuery] = useState('')
  const [found, setFound] = useState<{ query: string; items: PaletteItem[]; failed?: boolean }>({
    query: '',
    items: [],
  })
  const wanted = useDeferredValue(query.trim())

  useEffect(() => {
    if (wanted === '') return
    let stale = false
    const timer = setTimeout(() => {
      search(wanted).then(
        (items) => !stale && setFound({ query: wanted, items }),
        () => !stale && setFound({ query: wanted, items: [], failed: true }),
      )
    }, DEBOUNCE_MS)
    return () => {
      stale = true
      clearTimeout(timer)
    }
  }, [wanted, search])

  const searching = wanted !== '' && found.query !== wanted
  const items = [...pagesMatching(team, places, query), ...(wanted === '' ? [] : found.items)]

  function go(item: PaletteItem) {
    close()
    announceGo(item.href)
    router.push(item.href)
  }

  return (
    <Autocomplete.Root
      open
      inline
      items={items}
      mode="none"
      filter={null}
      value={query}
      onValueChange={(next) => setQuery(next)}
      itemToStringValue={(item: PaletteItem) => item.label}
      autoHighlight="always"
      keepHighlight
    >
      <div className="flex h-12 shrink-0 items-center gap-2.5 border-b px-4">
        <Search aria-hidden="true" className="size-4 text-fg-subtle" />
        <Autocomplete.Input
          aria-label="Search users, groups, roles, connections and requests"
          placeholder="A name, an id, or a page…"
          className="h-full min-w-0 flex-1 bg-transparent outline-none pointer-coarse:text-lg"
        />
      </div>
      <Autocomplete.List className="min-h-0 overflow-y-auto overscroll-contain p-1.5 outline-none empty:p-0">
        {(item: PaletteItem) => (
          <Autocomplete.Item
            key={`${item.kind}:${item.href}`}
            value={item}
            onClick={() => go(item)}
            className="flex min-h-9 cursor-pointer select-none items-center gap-3 rounded-md px-2.5 text-sm outline-none data-highlighted:bg-hover"
          >
            <span className="min-w-0 flex-1 truncate">
              {item.label}
              {item.detail && <span className="ml-2 text-fg-subtle">{item.detail}</span>}
            </span>
            <span className="text-fg-subtle text-xs">{item.kind}</span>
          </Autocomplete.Item>
        )}
      </Autocomplete.List>
      <Autocomplete.Status className="border-t px-4 py-2 text-fg-subtle text-xs">
        {found.failed && found.query === wanted
          ? 'The search did not answer. Type on to try again.'
          : searching
            ? 'Searching…'
            : items.length === 0
              ? `Nothing here is called “${query.trim()}”.`
              : '↑ ↓ to choose, Enter to go, Esc to close'}
      </Autocomplete.Status>
    </Autocomplete.Root>
  )
}
