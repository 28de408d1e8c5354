import { caseKey } from '#lib/scim/case-key'

/**
 * Pages by key: "the fifty after this row", from an index, whatever the size of the table. A position is the sort key and
 * id of a row, and travels in the page's address.
 */
export type Position = { direction: 'after' | 'before'; key: string; id: string }
export type KeysetPage<Row> = { rows: Row[]; after: string | undefined; before: string | undefined }

export function encodePosition(key: string, id: string): string {
  return Buffer.from(JSON.stringify([key, id])).toString('base64url')
}

/** The position in `?after=` or `?before=`; undefined for none and for a damaged one (then: the first page). */
export function readPosition(after: string | undefined, before: string | undefined): Position | undefined {
  const text = after ?? before
  if (!text) return undefined
  try {
    const [key, id] = JSON.parse(Buffer.from(text, 'base64url').toString()) as unknown[]
    if (typeof key !== 'string' || typeof id !== 'string' || !/^[0-9a-f-]{36}$/.test(id)) return undefined
    return { direction: after ? 'after' : 'before', key, id }
  } catch {
    return undefined
  }
}

/** SQL of a page: the condition on the row's `(key, id)` and the order. `descending` is what the person chose. */
export function keysetSql(
  position: Position | undefined,
  descending: boolean,
  key: string,
  id: string,
  cast: string,
  parameter: number,
): { condition: string; order: string; values: string[] } {
  const backwards = position?.direction === 'before'
  const down = descending !== backwards
  const order = `${key} ${down ? 'DESC' : 'ASC'}, ${id} ${down ? 'DESC' : 'ASC'}`
  if (!position) return { condition: 'true', order, values: [] }
  return {
    condition: `(${key}, ${id}) ${down ? '<' : '>'} ($${parameter}::${cast}, $${parameter + 1}::uuid)`,
    order,
    values: [position.key, position.id],
  }
}

/** Cuts the one row too many that tells whether there is more, and says where the neighbours begin. */
export function keysetPage<Row>(
  found: Row[],
  limit: number,
  position: Position | undefined,
  of: (row: Row) => [key: string, id: string],
): KeysetPage<Row> {
  const more = found.length > limit
  const rows = found.slice(0, limit)
  const backwards = position?.direction === 'before'
  if (backwards) rows.reverse()
  const first = rows[0]
  const last = rows.at(-1)
  const hasAfter = backwards ? true : more
  const hasBefore = backwards ? more : position !== undefined
  return {
    rows,
    after: hasAfter && last ? encodePosition(...of(last)) : undefined,
    before: hasBefore && first ? encodePosition(...of(first)) : undefined,
  }
}

/** What the search box looks for, as a LIKE pattern over text in the form of `caseKey`. */
export function containsPattern(q: string): string {
  return `%${caseKey(q.trim()).replaceAll(/[\\%_]/g, '\\$&')}%`
}

/** Counting stops here: a page says "10,000+" rather than counting a million rows. */
export const COUNT_LIMIT = 10_000

/** Rows on a page of a table. */
export const PAGE_SIZE = 50
