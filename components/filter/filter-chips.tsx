'use client'

import { X } from 'lucide-react'
import type { ReactNode } from 'react'
import { Link } from '#components/ui/link'
import { type SearchState, searchHref } from '#components/ui/search-href'
import { absoluteTime } from '#components/ui/time-words'
import type { FilterChoice } from './filter-bar.tsx'

const FIRST_PAGE = { after: undefined, before: undefined, first: undefined }

/** The filters that are on, each with a way out, and one way out of all. */
export function FilterChips({
  path,
  state,
  kept,
  choices,
  dates,
}: {
  path: string
  state: SearchState
  kept: SearchState
  choices: readonly FilterChoice[]
  dates: boolean
}) {
  const chips = choices.flatMap(({ name, label, options }) => {
    const option = state[name] ? options.find((candidate) => candidate.value === state[name]) : undefined
    return option ? [{ name, words: `${label}: ${option.label}` }] : []
  })
  if (state.q) chips.unshift({ name: 'q', words: `“${state.q}”` })
  if (dates)
    for (const name of ['from', 'to'])
      if (state[name])
        chips.push({ name, words: `${name === 'from' ? 'From' : 'Until'}: ${timeWords(state[name])}` })
  if (chips.length === 0) return null
  return (
    <ul aria-label="Filters in use" className="flex flex-wrap items-center gap-1.5">
      {chips.map((chip) => (
        <li key={chip.name} className="min-w-0">
          <Chip href={searchHref(path, state, { [chip.name]: undefined, ...FIRST_PAGE })}>{chip.words}</Chip>
        </li>
      ))}
      <li>
        <Link
          href={searchHref(path, kept)}
          className="ml-1 inline-flex h-6 items-center rounded-sm px-1 text-fg-muted text-xs underline underline-offset-3 hover:text-fg"
        >
          Clear filters
        </Link>
      </li>
    </ul>
  )
}

function timeWords(local: string): string {
  return Number.isNaN(Date.parse(`${local}Z`)) ? local : absoluteTime(`${local}Z`)
}

function Chip({ href, children }: { href: string; children: ReactNode }) {
  return (
    <Link
      href={href}
      className="inline-flex h-6 max-w-full items-center gap-1 rounded-full border bg-surface pr-1.5 pl-2.5 text-xs hover:bg-hover sm:max-w-80"
    >
      <span className="truncate">{children}</span>
      <X aria-hidden="true" className="size-3 shrink-0 text-fg-subtle" />
      <span className="sr-only">Remove this filter</span>
    </Link>
  )
}
