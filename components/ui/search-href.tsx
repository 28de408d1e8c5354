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

/** How a table is sorted: a field name, with `-` before it for descending ("-changedAt"). */
export type TableSort = { path: string; state: SearchState; current: string }

/** For a column header: where its link leads, and how the table is sorted by it now. A new order starts at page one. */
export function sortLink(sort: TableSort, field: string) {
  const ascending = sort.current === field
  const descending = sort.current === `-${field}`
  return {
    href: searchHref(sort.path, sort.state, {
      sort: ascending ? `-${field}` : field,
      after: undefined,
      before: undefined,
      first: undefined,
    }),
    direction: ascending ? ('ascending' as const) : descending ? ('descending' as const) : undefined,
  }
}
