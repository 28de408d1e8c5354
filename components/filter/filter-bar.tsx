import { Search, X } from 'lucide-react'
import Link from 'next/link'
import type { ReactNode } from 'react'
import { Button } from '#components/ui/button'
import { Input } from '#components/ui/input'
import { Kbd } from '#components/ui/kbd'
import type { SearchState } from '#components/ui/search-href'
import { searchHref } from '#components/ui/search-href'
import { Select, type SelectOption } from '#components/ui/select'
import { LiveForm } from './live-form.tsx'

export type FilterChoice = {
  name: string
  label: string
  /** The first option is "any" with an empty value. */
  options: SelectOption[]
}

/** Search and filters of a table. All state is in the URL; `keep` names what else the form carries along (sort). */
export function FilterBar({
  path,
  state,
  label,
  placeholder,
  choices = [],
  keep = ['sort'],
  summary,
}: {
  path: string
  state: SearchState
  /** What is searched: "Search users". */
  label: string
  placeholder: string
  choices?: readonly FilterChoice[]
  keep?: readonly string[]
  /** "1–50 of 1,204 users" */
  summary: ReactNode
}) {
  const kept = Object.fromEntries(keep.map((name) => [name, state[name]]))
  const chips = chipsOf(state, choices)
  return (
    <div data-slot="filter-bar" className="mb-3 grid gap-2.5">
      <div className="flex flex-wrap items-center justify-between gap-x-4 gap-y-2">
        <LiveForm path={path} label={label} state={state}>
          <div className="flex flex-wrap items-center gap-2">
            <SearchBox label={label} placeholder={placeholder} value={state.q} />
            {choices.map((choice) => (
              <Select
                key={choice.name}
                name={choice.name}
                aria-label={choice.label}
                defaultValue={state[choice.name] ?? ''}
                options={choice.options}
                className="w-auto max-sm:grow"
              />
            ))}
            {Object.entries(kept).map(
              ([name, value]) => value && <input key={name} type="hidden" name={name} value={value} />,
            )}
            <Button type="submit" className="without-script">
              Apply
            </Button>
          </div>
        </LiveForm>
        <p role="status" className="text-fg-subtle text-sm tabular-nums">
          {summary}
        </p>
      </div>
      {chips.length > 0 && (
        <ul aria-label="Filters in use" className="flex flex-wrap items-center gap-1.5">
          {chips.map((chip) => (
            <li key={chip.name}>
              <Chip
                href={searchHref(path, state, {
                  [chip.name]: undefined,
                  after: undefined,
                  before: undefined,
                })}
              >
                {chip.words}
              </Chip>
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
      )}
    </div>
  )
}

function chipsOf(state: SearchState, choices: readonly FilterChoice[]) {
  const chips = choices.flatMap(({ name, label, options }) => {
    const option = state[name] ? options.find((candidate) => candidate.value === state[name]) : undefined
    return option ? [{ name, words: `${label}: ${option.label}` }] : []
  })
  return state.q ? [{ name: 'q', words: `“${state.q}”` }, ...chips] : chips
}

function SearchBox({ label, placeholder, value }: { label: string; placeholder: string; value?: string }) {
  return (
    <div className="relative w-72 max-w-full max-sm:w-full">
      <Search
        aria-hidden="true"
        className="pointer-events-none absolute top-1/2 left-2.5 size-4 -translate-y-1/2 text-fg-subtle"
      />
      <Input
        type="search"
        name="q"
        aria-label={label}
        placeholder={placeholder}
        defaultValue={value ?? ''}
        autoComplete="off"
        spellCheck={false}
        className="peer pr-9 pl-8.5 [&::-webkit-search-cancel-button]:appearance-none"
      />
      <Kbd
        aria-hidden="true"
        className="needs-script pointer-events-none absolute top-1.5 right-1.5 peer-focus:hidden pointer-coarse:hidden"
      >
        /
      </Kbd>
    </div>
  )
}

function Chip({ href, children }: { href: string; children: ReactNode }) {
  return (
    <Link
      href={href}
      className="inline-flex h-6 max-w-64 items-center gap-1 rounded-full border bg-surface pr-1.5 pl-2.5 text-xs hover:bg-hover"
    >
      <span className="truncate">{children}</span>
      <X aria-hidden="true" className="size-3 shrink-0 text-fg-subtle" />
      <span className="sr-only">Remove this filter</span>
    </Link>
  )
}
