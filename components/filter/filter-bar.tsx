'use client'

import { ListFilter, Search } from 'lucide-react'
import type { ReactNode } from 'react'
import { Button } from '#components/ui/button'
import { Label } from '#components/ui/field'
import { Input } from '#components/ui/input'
import { Kbd } from '#components/ui/kbd'
import type { SearchState } from '#components/ui/search-href'
import { Select, type SelectOption } from '#components/ui/select'
import { FilterChips } from './filter-chips.tsx'
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
  further = [],
  dates = false,
  keep = ['sort'],
  summary,
}: {
  path: string
  state: SearchState
  /** What is searched: "Search users". */
  label: string
  placeholder: string
  choices?: readonly FilterChoice[]
  /** Less common ones, behind "More filters". */
  further?: readonly FilterChoice[]
  /** Exact bounds in time, `from` and `to`, in UTC. */
  dates?: boolean
  keep?: readonly string[]
  /** "1–50 of 1,204 users" */
  summary: ReactNode
}) {
  const kept = Object.fromEntries(keep.map((name) => [name, state[name]]))
  const moreInUse = [...further.map((choice) => choice.name), ...(dates ? ['from', 'to'] : [])].filter(
    (name) => state[name],
  ).length
  return (
    <div data-slot="filter-bar" className="mb-3 grid gap-2.5">
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
          {(further.length > 0 || dates) && (
            <MoreFilters choices={further} dates={dates} state={state} inUse={moreInUse} />
          )}
          <Button type="submit" className="without-script">
            Apply
          </Button>
          <p role="status" className="ml-auto text-fg-subtle text-sm tabular-nums max-sm:basis-full">
            {summary}
          </p>
        </div>
      </LiveForm>
      <FilterChips path={path} state={state} kept={kept} choices={[...choices, ...further]} dates={dates} />
    </div>
  )
}

/** A native `<details>`: opens without scripts, and its fields are sent whether or not it is open. */
function MoreFilters({
  choices,
  dates,
  state,
  inUse,
}: {
  choices: readonly FilterChoice[]
  dates: boolean
  state: SearchState
  inUse: number
}) {
  return (
    <details className="row-details group/more" open={inUse > 0}>
      <summary className="inline-flex h-8 list-none items-center gap-1.5 rounded-md border border-line-control bg-surface px-2.5 text-sm hover:bg-hover group-open/more:bg-hover pointer-coarse:h-10">
        <ListFilter aria-hidden="true" className="size-4 text-fg-subtle" />
        More filters
        {inUse > 0 && <span className="text-fg-subtle tabular-nums">{inUse}</span>}
      </summary>
      <div className="grid gap-3 rounded-lg border bg-surface p-3 sm:grid-cols-2 lg:grid-cols-4">
        {choices.map((choice) => (
          <div key={choice.name} className="grid gap-1">
            <Label htmlFor={`filter-${choice.name}`} className="text-fg-muted text-xs">
              {choice.label}
            </Label>
            <Select
              id={`filter-${choice.name}`}
              name={choice.name}
              defaultValue={state[choice.name] ?? ''}
              options={choice.options}
            />
          </div>
        ))}
        {dates &&
          (['from', 'to'] as const).map((name) => (
            <div key={name} className="grid gap-1">
              <Label htmlFor={`filter-${name}`} className="text-fg-muted text-xs">
                {name === 'from' ? 'From (UTC)' : 'Until (UTC)'}
              </Label>
              <Input
                id={`filter-${name}`}
                type="datetime-local"
                name={name}
                defaultValue={state[name] ?? ''}
              />
            </div>
          ))}
      </div>
    </details>
  )
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
