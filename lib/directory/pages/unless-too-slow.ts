import { SearchTooSlow } from '#lib/db/search-pool'

/** What a search found; undefined when it took longer than a search may (SEARCH_TIMEOUT_MS). */
export function unlessTooSlow<Found>(search: Promise<Found>): Promise<Found | undefined> {
  return search.catch((cause) => {
    if (cause instanceof SearchTooSlow) return undefined
    throw cause
  })
}
