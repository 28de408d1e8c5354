export type SearchState = Record<string, string | undefined>

/** The same page with some of its URL state changed; an empty or undefined value leaves the key out. */
export function searchHref(path: string, state: SearchState, change: SearchState = {}): string {
  const query = new URLSearchParams()
  for (const [key, value] of Object.entries({ ...state, ...change })) {
    if (value) query.set(key, value)
  }
  const text = query.toString()
  return text ? `${path}?${text}` : path
}
