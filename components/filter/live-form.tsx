'use client'

import { useRouter } from 'next/navigation'
import { type ChangeEvent, type FormEvent, type ReactNode, useEffect, useRef, useTransition } from 'react'
import type { SearchState } from '#components/ui/search-href'

const DEBOUNCE_MS = 300

const isNamed = (control: Element): control is HTMLInputElement | HTMLSelectElement =>
  (control instanceof HTMLInputElement || control instanceof HTMLSelectElement) && control.name !== ''
const isText = (control: Element) => control instanceof HTMLInputElement && control.type !== 'hidden'

/**
 * A GET form whose answer comes as one types: 300 ms after the last key, at once for a choice. Without scripts it
 * is a plain form with an Apply button. Only what is set goes into the URL.
 */
export function LiveForm({
  path,
  label,
  state,
  children,
}: {
  path: string
  label: string
  /** What the URL says now: a cleared chip or Back changes the fields, but never the one being typed in. */
  state: SearchState
  children: ReactNode
}) {
  const router = useRouter()
  const form = useRef<HTMLFormElement>(null)
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined)
  const [pending, start] = useTransition()
  useEffect(() => () => clearTimeout(timer.current), [])
  const early = useRef(true)
  // biome-ignore lint/correctness/useExhaustiveDependencies: what the address says is what the fields follow.
  useEffect(() => {
    const fields = [...(form.current?.elements ?? [])].filter(isNamed)
    const differ = fields.some((field) => field.value !== (state[field.name] ?? ''))
    // Somebody was faster than the scripts: what they chose counts.
    const chosen = early.current && differ
    early.current = false
    if (chosen) return apply('push')
    for (const field of fields)
      if (!isText(field) || field !== document.activeElement) field.value = state[field.name] ?? ''
  }, [state])

  /** What was typed replaces the address, letter by letter; a choice is a step that Back undoes. */
  function apply(go: 'push' | 'replace') {
    clearTimeout(timer.current)
    if (!form.current) return
    const query = new URLSearchParams()
    for (const [name, value] of new FormData(form.current)) {
      if (typeof value === 'string' && value.trim() !== '') query.set(name, value.trim())
    }
    start(() => router[go](query.size > 0 ? `${path}?${query}` : path, { scroll: false }))
  }
  function onChange(event: ChangeEvent<HTMLFormElement>) {
    clearTimeout(timer.current)
    if (isText(event.target)) timer.current = setTimeout(() => apply('replace'), DEBOUNCE_MS)
    else apply('push')
  }
  function onSubmit(event: FormEvent) {
    event.preventDefault()
    apply('push')
  }
  return (
    <search aria-label={label} aria-busy={pending || undefined} className="group/filter min-w-0">
      <form
        ref={form}
        action={path}
        method="get"
        autoComplete="off"
        onChange={onChange}
        onSubmit={onSubmit}
        className="contents"
      >
        {children}
      </form>
    </search>
  )
}
