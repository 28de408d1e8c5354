import { type SearchState, searchHref } from './search-href.tsx'

type KeysetPage = { rows: readonly unknown[]; after?: string; before?: string }

/**
 * For a table that is paged by key: “51–100 of 1,204 users” and the links to its neighbours. The number of the first row
 * travels in the address (`first`), for the reader only; what is shown follows from `after` and `before`.
 */
export function pagesOf({
  path,
  state,
  page,
  size,
  total,
}: {
  path: string
  state: SearchState
  page: KeysetPage
  /** Rows of a full page. */
  size: number
  /** In words: “1,204 users”. */
  total: string
}): { summary: string; previousHref?: string; nextHref?: string } {
  const rows = page.rows.length
  const given = Math.trunc(Number(state.first))
  const first = page.before && given > 1 ? given : 1
  const number = (count: number) => count.toLocaleString('en')
  const go = (change: SearchState) =>
    searchHref(path, state, { after: undefined, before: undefined, ...change })
  const whole = rows === 0 || (!page.before && !page.after)
  return {
    summary: whole ? total : `${number(first)}–${number(first + rows - 1)} of ${total}`,
    previousHref: page.before && go({ before: page.before, first: String(Math.max(1, first - size)) }),
    nextHref: page.after && go({ after: page.after, first: String(first + rows) }),
  }
}
