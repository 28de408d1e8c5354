'use client'

import { useEffect } from 'react'

const FADE_MS = 600

function rowsOf(main: HTMLElement): Map<string, { row: HTMLElement; version: string }> {
  const rows = new Map<string, { row: HTMLElement; version: string }>()
  for (const row of main.querySelectorAll<HTMLElement>('[data-live]'))
    rows.set(row.dataset.live ?? '', { row, version: row.dataset.version ?? '' })
  return rows
}

/**
 * Shows what a live update brought: rows that are new or differ from before fade from the accent once, without moving.
 * Only while the address stays: what another page, sort or filter shows is not news.
 */
export function LiveFade() {
  useEffect(() => {
    const main = document.getElementById('main')
    if (!main || matchMedia('(prefers-reduced-motion: reduce)').matches) return
    let address = location.href
    let before = rowsOf(main)
    let frame = 0
    const look = () => {
      frame = 0
      const now = rowsOf(main)
      const kept = [...now.keys()].some((key) => before.has(key))
      if (address === location.href && kept)
        for (const [key, { row, version }] of now)
          if (before.get(key)?.version !== version)
            row.animate([{ backgroundColor: 'var(--color-accent-soft)' }, {}], FADE_MS)
      address = location.href
      before = now
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
