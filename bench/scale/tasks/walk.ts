import type { Bench } from '../../load/bench.ts'

const COUNT = 100
const PAGES = 200

/**
 * The first import: pages of 100 by startIndex and by cursor. Walks the first pages, pages from the middle, and the last
 * ones; `full` walks all of it. Every page must be full and tell the exact total.
 */
export async function walk(bench: Bench, users: number, full: boolean): Promise<void> {
  const pages = Math.floor(users / COUNT)
  const places = full
    ? [['all pages', 0, pages] as const]
    : ([
        ['first pages', 0, Math.min(PAGES, pages)],
        ['pages from the middle', Math.floor(pages / 2), Math.min(PAGES, Math.floor(pages / 2))],
        ['last pages', Math.max(0, pages - PAGES), Math.min(PAGES, pages)],
      ] as const)
  const medians: number[] = []
  for (const [name, from, count] of places) {
    const { p50 } = await bench.phase(`${name} by startIndex`, 1, count, (page) =>
      readPage(bench, `startIndex=${(from + page) * COUNT + 1}`, users),
    )
    medians.push(p50)
  }
  for (const [name, from, count] of places) {
    // A cursor is only ever got from the page before it.
    let cursor = from === 0 ? '' : await cursorAt(bench, from * COUNT)
    const { p50 } = await bench.phase(`${name} by cursor`, 1, count, async () => {
      cursor = (await readPage(bench, `cursor=${cursor}`, users)) ?? ''
    })
    medians.push(p50)
  }
  if (full) return
  const [first = 1, , last = 0, firstByCursor = 1, , lastByCursor = 0] = medians
  bench.note(
    'last page within 1.5 × of the first',
    last <= 1.5 * first && lastByCursor <= 1.5 * firstByCursor,
    {
      byStartIndex: Number((last / first).toFixed(2)),
      byCursor: Number((lastByCursor / firstByCursor).toFixed(2)),
    },
  )
}

async function readPage(bench: Bench, position: string, users: number): Promise<string | undefined> {
  const { json } = await bench.scim.must([200], 'GET', `/Users?count=${COUNT}&${position}`)
  if (json.totalResults !== users || json.Resources.length !== COUNT)
    throw new Error(`${position}: ${json.Resources.length} of ${json.totalResults}`)
  return json.nextCursor
}

/** Walks by cursor in the largest steps there are to the page behind so many users. */
async function cursorAt(bench: Bench, users: number): Promise<string> {
  let cursor = ''
  for (let left = users; left > 0; left -= 1_000) {
    const { json } = await bench.scim.must(
      [200],
      'GET',
      `/Users?count=${Math.min(1_000, left)}&attributes=id&cursor=${cursor}`,
    )
    cursor = json.nextCursor
  }
  return cursor
}
