import { beforeAll, expect, test, vi } from 'vitest'
import { pool } from '#lib/db/pool'
import { searchUsers } from '#lib/directory/pages/search-users'
import { testDatabase } from '../database.ts'
import { type ScimClient, scimClient } from '../scim-client.ts'
import { type Statement, statementsOf } from './capture.ts'
import { fillDirectory, person } from './requests.ts'

await testDatabase()

const USERS = 10_000
let client: ScimClient
beforeAll(async () => {
  client = await scimClient('Acme')
  await fillDirectory([client.teamId], USERS)
}, 60_000)

const numbers = Array.from({ length: 16 }, (_, i) => i)
const create = async (name: string) => (await client.call('POST', '/Users', person(name))).json.id as string
const put = (id: string, name: string) =>
  client.call('PUT', `/Users/${id}`, { ...person(name), title: `Title ${Math.random()}` })
const search = async (query: Record<string, string>) =>
  (await client.call('GET', `/Users?${new URLSearchParams(query)}`)).json
const idsOf = ({ Resources = [] }: { Resources?: { id: string }[] }) => Resources.map(({ id }) => id)

/** Updates of users' rows so far, and those of them that changed no index. */
async function updates(): Promise<{ all: number; inPlace: number }> {
  // Each connection counts for itself, and tells now and then.
  const clients = await Promise.all(Array.from({ length: pool().idleCount }, () => pool().connect()))
  for (const each of clients) await each.query('SELECT pg_stat_force_next_flush()')
  for (const each of clients) each.release()
  const { rows } = await pool().query(
    `SELECT n_tup_upd AS "all", n_tup_hot_upd AS "inPlace" FROM pg_stat_user_tables WHERE relname = 'directory_user'`,
  )
  return rows[0]
}

test('what changes with every PUT and PATCH of a user is in no index of the table', async () => {
  const indexes = await pool().query(
    "SELECT pg_get_indexdef(indexrelid) AS index FROM pg_index WHERE indrelid = 'directory_user'::regclass",
  )
  expect(indexes.rows.length).toBeGreaterThan(10)
  for (const { index } of indexes.rows) expect(index).not.toMatch(/\b(doc|version|updated_at)\b/)
  const ids = await Promise.all(numbers.map((i) => create(`place-${i}`)))
  const before = await updates()
  for (const [i, id] of ids.entries()) expect((await put(id, `place-${i}`)).status).toBe(200)
  await client.call('PATCH', `/Users/${ids[0]}`, {
    Operations: [{ op: 'replace', path: 'name.formatted', value: 'Given Family' }],
  })
  const together = await statementsOf(() =>
    Promise.all([put(ids[0] as string, 'place-0'), put(ids[15] as string, 'place-15')]),
  )
  expect(together.map(({ name }) => name)).toContain('update-users')
  // A connection that writes a record just now tells afterwards.
  const { all, inPlace } = await vi.waitFor(async () => {
    const now = await updates()
    expect(now.all - before.all).toBeGreaterThanOrEqual(19)
    return now
  })
  expect(all - before.all).toBe(19)
  // Where a page is full the new version goes to another. With a column in an index there would be none.
  expect(inPlace - before.inPlace).toBeGreaterThanOrEqual(8)
})

test('the order of last changes has each user once, at the time of the last of them', async () => {
  const ids = await Promise.all(numbers.map((i) => create(`each-${i}`)))
  await Promise.all(ids.map((id, i) => put(id, `each-${i}`)))
  await Promise.all(ids.map((id, i) => put(id, `each-${i}`)))
  await client.call('DELETE', `/Users/${ids[0]}`)
  const { rows } = await pool().query(
    `SELECT count(*)::int AS users, count(DISTINCT id)::int AS each,
       count(*) FILTER (WHERE EXISTS (SELECT 1 FROM directory_user u
         WHERE u.team_id = c.team_id AND u.id = c.id AND u.updated_at = c.changed_at))::int AS right
     FROM user_change c WHERE c.team_id = $1`,
    [client.teamId],
  )
  const { totalResults } = await search({ count: '0' })
  expect(rows).toEqual([{ users: totalResults, each: totalResults, right: totalResults }])
})

test('lists, their cursors and the page of users show who was changed last first', async () => {
  const ids = [await create('first'), await create('second'), await create('third')]
  for (const [i, id] of [...ids.entries()].reverse()) {
    await new Promise((later) => setImmediate(later))
    expect((await put(id, ['first', 'second', 'third'][i] as string)).status).toBe(200)
  }
  const since = (await search({ filter: `id eq "${ids[2]}"` })).Resources[0].meta.lastModified
  const order = { sortBy: 'meta.lastModified', sortOrder: 'descending' }
  expect(idsOf(await search({ ...order, count: '3' })).toSorted()).toEqual(ids.toSorted())
  const page = await search({ ...order, count: '2', cursor: '' })
  const next = await search({ ...order, count: '1', cursor: page.nextCursor })
  expect([...idsOf(page), ...idsOf(next)].toSorted()).toEqual(ids.toSorted())
  const found = await search({
    filter: `meta.lastModified ge "${since}" and userName ne "third"`,
    count: '5',
  })
  expect(idsOf(found).toSorted()).toEqual(ids.toSorted())
  const { rows } = await searchUsers(client.teamId, { sort: '-updatedAt' })
  expect(
    rows
      .slice(0, 3)
      .map(({ id }) => id)
      .toSorted(),
  ).toEqual(ids.toSorted())
})

test('a walk in the order of changes meets each of those who were changed at the same moment once, either way', async () => {
  const ids = await Promise.all(numbers.map((i) => create(`moment-${i}`)))
  const moment = new Date(Date.now() + 60_000).toISOString()
  await pool().query(
    `WITH moved AS (UPDATE directory_user SET updated_at = $3 WHERE team_id = $1 AND id = ANY ($2::uuid[]))
     UPDATE user_change SET changed_at = $3 WHERE team_id = $1 AND id = ANY ($2::uuid[])`,
    [client.teamId, ids, moment],
  )
  const filter = 'userName sw "moment-"'
  for (const sortOrder of ['ascending', 'descending']) {
    const order = { filter, sortBy: 'meta.lastModified', sortOrder, count: '5' }
    const walk = async (from: string, on: 'nextCursor' | 'previousCursor') => {
      const met: string[][] = []
      for (let cursor: string | undefined = from; cursor !== undefined; ) {
        const page: Record<string, string | undefined> & { Resources?: { id: string }[] } = await search({
          ...order,
          cursor,
        })
        met.push(idsOf(page))
        cursor = page[on]
      }
      return met
    }
    const forth = await walk('', 'nextCursor')
    expect(forth.map((page) => page.length)).toEqual([5, 5, 5, 1])
    const all = forth.flat()
    expect(all.toSorted()).toEqual(ids.toSorted())
    const third = await search({ ...order, cursor: (await search({ ...order, cursor: '' })).nextCursor })
    expect((await walk(third.previousCursor, 'previousCursor')).flat()).toEqual(all.slice(0, 5))
    const numbered = await search({ ...order, startIndex: '4' })
    expect(idsOf(numbered)).toEqual(all.slice(3, 8))
  }
})

type Plan = {
  'Actual Rows': number
  'Actual Loops': number
  'Rows Removed by Filter'?: number
  Plans?: Plan[]
}

/** The most rows that one step of a statement yields or passes over. */
async function mostRows({ text, values }: Statement): Promise<number> {
  const { rows } = await pool().query(`EXPLAIN (ANALYZE, FORMAT JSON) ${text}`, values)
  const most = (plan: Plan): number => {
    const each = plan['Actual Rows'] + (plan['Rows Removed by Filter'] ?? 0)
    return Math.max(each * plan['Actual Loops'], ...(plan.Plans ?? []).map(most))
  }
  return most(JSON.parse(rows[0]['QUERY PLAN'])[0].Plan)
}

test('and look at those alone, whatever is asked beside', async () => {
  await pool().query('ANALYZE')
  const { rows } = await pool().query('SELECT changed_at FROM user_change ORDER BY changed_at DESC LIMIT 1')
  const filter = `meta.lastModified ge "${rows[0].changed_at.toISOString()}"`
  const order = { sortBy: 'meta.lastModified', sortOrder: 'descending', count: '3' }
  const { nextCursor } = await search({ ...order, cursor: '' })
  const active = { ...order, filter: 'active eq true' }
  const reads = {
    'since then': () => search({ filter }),
    sorted: () => search(order),
    'sorted, by cursor': () => search({ ...order, cursor: nextCursor }),
    'sorted, active ones': () => search(active),
    'a page': () => searchUsers(client.teamId, { sort: '-updatedAt' }),
    'a page of active ones': () => searchUsers(client.teamId, { sort: '-updatedAt', status: 'active' }),
    'a page of those made by hand': () => searchUsers(client.teamId, { sort: 'updatedAt', managed: 'no' }),
  }
  for (const [name, read] of Object.entries(reads)) {
    const lists = (await statementsOf(read)).filter(({ text }) => /user_change/.test(text))
    expect([name, lists.length]).not.toEqual([name, 0])
    for (const list of lists.filter(({ text }) => !text.startsWith('EXPLAIN')))
      expect([name, await mostRows(list)]).toEqual([name, expect.toSatisfy((most) => most < USERS / 10)])
  }
})

test('how many changed before a moment is counted in their order, without a look at the users', async () => {
  const { rows } = await pool().query(
    'SELECT changed_at FROM user_change ORDER BY changed_at OFFSET 6000 LIMIT 1',
  )
  const moment = rows[0].changed_at.toISOString()
  const counted = await pool().query(
    'SELECT count(*)::int AS n FROM directory_user WHERE team_id = $1 AND updated_at <= $2',
    [client.teamId, moment],
  )
  const filter = `meta.lastModified le "${moment}"`
  const [count] = (await statementsOf(() => search({ filter, count: '0' }))).filter(({ text }) =>
    /count/.test(text),
  )
  expect(count?.text).not.toMatch(/directory_user/)
  expect((await search({ filter, count: '0' })).totalResults).toBe(counted.rows[0].n)
})
