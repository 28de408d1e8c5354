'use client'

import { useEffect } from 'react'

const FADE_MS = 600
/** A row that changes again and again fades once, and stays calm until it has been quiet for so long. */
const CALM_MS = 5000

type Seen = { row: HTMLElement; list: Element | null; version: string; changedAt: number }

function rowsOf(main: HTMLElement, before: ReadonlyMap<string, Seen>, now: number): Map<string, Seen> {
  const rows = new Map<string, Seen>()
  for (const row of main.querySelectorAll<HTMLElement>('[data-live]')) {
    const [key, version] = [row.dataset.live ?? '', row.dataset.version ?? '']
    const known = before.get(key)
    const changedAt = known?.version === version ? known.changedAt : now
    rows.set(key, { row, list: row.parentElement, version, changedAt })
  }
  return rows
}

/** The rows that are worth a look: new or changed, in a list most of which is still there. */
function newsOf(rows: ReadonlyMap<string, Seen>, before: ReadonlyMap<string, Seen>): HTMLElement[] {
  const gone = new Map<Element | null, number>()
  for (const [key, { list }] of before) gone.set(list, (gone.get(list) ?? 0) + (rows.has(key) ? -1 : 1))
  return [...rows].flatMap(([key, { row, list, version, changedAt }]) => {
    const known = before.get(key)
    if (known?.version === version) return []
    if (known && changedAt - known.changedAt < CALM_MS) return []
    return (gone.get(list) ?? 0) <= 0 ? [row] : []
  })
}

/**
 * Shows what a live update brought: rows that are new or differ from before fade from the accent once, without moving.
 * Only while the address stays: what another page, sort or filter shows is not news. While a push streams by nothing
 * flickers: a list that was replaced, and a row that changes all the time, stay calm.
 */
export function LiveFade() {
  useEffect(() => {
    const main = document.getElementById('main')
    if (!main || matchMedia('(prefers-reduced-motion: reduce)').matches) return
    let address = location.href
    let before = rowsOf(main, new Map(), 0)
    let frame = 0
    const look = () => {
      frame = 0
      const rows = rowsOf(main, before, performance.now())
      if (address === location.href)
        for (const row of newsOf(rows, before))
          row.animate([{ backgroundColor: 'var(--color-accent-soft)' }, {}], FADE_MS)
      address = location.href
      before = rows
    }
    const observer = new MutationObserver(() => {
      frame ||= requestAnimationFrame(look)
    })
    observer.observe(main, {
      childList: true,
      subtree: true,
      attributes: true,
      attributeFilter: ['data-version'],
    })
    return () => {
      observer.disconnect()
      cancelAnimationFrame(frame)
    }
  }, [])
  return null
}
