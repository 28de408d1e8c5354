import fc from 'fast-check'
import { beforeAll, describe, expect, test } from 'vitest'
import { pool } from '#lib/db/pool'
import { encodeCursor } from '#lib/scim/cursor'
import { testDatabase } from '#tests/database'
import { type ScimClient, scimClient } from '#tests/scim-client'

const SECRET = 'a secret of this test, that nobody else knows'
process.env.MUSTER_SECRET = SECRET
await testDatabase()
let acme: ScimClient
const WORDS = [
  'Ab',
  'aB',
  'abc',
  'É',
  'é',
  'ẞ',
  'ß',
  '😀',
  'Ａ',
  'x y',
  '5',
  'z'.repeat(300),
  `${'z'.repeat(300)}a`,
]
const maybe = <T>(value: fc.Arbitrary<T>) => fc.option(value, { nil: undefined, freq: 2 })
const word = fc.constantFrom(...WORDS)
const user = fc.record({
  externalId: maybe(word),
  displayName: maybe(word),
  title: maybe(word),
  active: fc.boolean(),
  name: maybe(fc.record({ familyName: maybe(word) })),
  emails: maybe(
    fc.array(fc.record({ value: word, type: maybe(fc.constantFrom('work', 'home')) }), { maxLength: 3 }),
  ),
})

beforeAll(async () => {
  acme = await scimClient()
  for (const [index, attributes] of fc.sample(user, { numRuns: 40, seed: 11 }).entries())
    await acme.call('POST', '/Users', { userName: `${index % 2 ? 'U' : 'u'}${index * 7919}`, ...attributes })
  for (const displayName of ['Abc', 'é', 'Zed']) await acme.call('POST', '/Groups', { displayName })
})

type Page = {
  Resources: { id: string }[]
  nextCursor?: string
  previousCursor?: string
  totalResults: number
}
type Search = { [name: string]: unknown }
const search = async (path: string, body: Search): Promise<Page> => {
  const answer = await acme.call('POST', `${path}/.search`, body)
  expect(answer.json).toMatchObject({ Resources: expect.any(Array) })
  return answer.json
}
const idsOf = (page: Page) => page.Resources.map(({ id }) => id)

/** Every page by cursor, forth from the first and back from the last. */
async function walk(path: string, query: Search, between: () => Promise<unknown> = async () => {}) {
  const forth: string[] = []
  let page = await search(path, { ...query, cursor: '' })
  expect(page.previousCursor).toBeUndefined()
  for (;;) {
    forth.push(...idsOf(page))
    if (!page.nextCursor) break
    await between()
    page = await search(path, { ...query, cursor: page.nextCursor })
  }
  const back = idsOf(page)
  while (page.previousCursor) {
    await between()
    page = await search(path, { ...query, cursor: page.previousCursor })
    expect(page.nextCursor).toBeDefined()
    back.unshift(...idsOf(page))
  }
  return { forth, back }
}

const SORTS = [
  ...['id', 'userName', 'externalId', 'displayName', 'title', 'active', 'name.familyName', 'emails'],
  ...['emails.type', 'meta.created', 'meta.lastModified', 'meta.location', 'meta.version', 'nickName'],
]

describe.each(['ascending', 'descending'])('a walk by cursor over the list sorted %s', (sortOrder) => {
  test.each(SORTS)('by %s is the list without a cursor, forth and back', async (sortBy) => {
    const order = { sortBy, sortOrder }
    const whole = idsOf(await search('/Users', { ...order, count: 1000 }))
    expect(whole).toHaveLength(40)
    expect(await walk('/Users', { ...order, count: 7 })).toEqual({ forth: whole, back: whole })
    const filter = 'active eq true or title pr'
    const some = idsOf(await search('/Users', { ...order, filter, count: 1000 }))
    expect(await walk('/Users', { ...order, filter, count: 3 })).toEqual({ forth: some, back: some })
  })

  test.each(['displayName', 'id', 'meta.created', 'userName', 'active'])(
    'by %s over all resource types as well',
    async (sortBy) => {
      const whole = idsOf(await search('', { sortBy, sortOrder, count: 1000 }))
      expect(whole.length).toBeGreaterThan(43)
      const walked = await walk('', { sortBy, sortOrder, count: 6 })
      expect(walked).toEqual({ forth: whole, back: whole })
    },
  )

  test('of groups and roles as well', async () => {
    for (const path of ['/Groups', '/Roles']) {
      const whole = idsOf(await search(path, { sortBy: 'displayName', sortOrder, count: 1000 }))
      const walked = await walk(path, { sortBy: 'displayName', sortOrder, count: 1 })
      expect(walked).toEqual({ forth: whole, back: whole })
    }
  })
})

test.each([1, 2, 5, 43, 100])(
  'a walk over all resource types in pages of %i goes back as it came',
  async (count) => {
    const whole = idsOf(await search('', { count: 1000 }))
    expect(await walk('', { count })).toEqual({ forth: whole, back: whole })
  },
)

describe.each(['displayName', 'title'])('while others write, a walk sorted by %s', (sortBy) => {
  test.each(['ascending', 'descending'])('%s meets whoever keeps the key once', async (sortOrder) => {
    const team = await scimClient(`Busy ${sortBy} ${sortOrder}`)
    const insert = (label: string, count: number) =>
      pool().query(
        `INSERT INTO directory_user (team_id, id, user_name, user_name_key, display_name, display_name_key, search_text, active, doc, created_at, updated_at)
         SELECT $1, gen_random_uuid(), label, label, key, key, '', true, jsonb_strip_nulls(jsonb_build_object('userName', label, 'displayName', key, 'title', key)), now(), now()
         FROM (SELECT $2 || n AS label, CASE WHEN n % 3 > 0 THEN 'k' || n * 7 % 10 END AS key FROM generate_series(1, $3::int) n) u`,
        [team.teamId, label, count],
      )
    await insert('stays', 120)
    await insert('goes', 60)
    let step = 0
    const disturb = async () => {
      step += 1
      await insert(`late${step}.`, 3)
      await pool().query(`DELETE FROM directory_user WHERE team_id = $1 AND user_name = ANY ($2)`, [
        team.teamId,
        [`goes${step}`, `goes${61 - step}`],
      ])
      await pool().query(
        `UPDATE directory_user SET doc = doc || '{"nickName":"x"}', updated_at = now() WHERE team_id = $1 AND user_name = $2`,
        [team.teamId, `stays${step}`],
      )
    }
    const { rows } = await pool().query<{ id: string }>(
      `SELECT id FROM directory_user WHERE team_id = $1 AND user_name LIKE 'stays%'`,
      [team.teamId],
    )
    const kept = acme
    acme = team
    try {
      const { forth, back } = await walk('/Users', { sortBy, sortOrder, count: 8 }, disturb)
      for (const seen of [forth, back]) {
        expect(new Set(seen).size).toBe(seen.length)
        expect(rows.filter(({ id }) => !seen.includes(id))).toEqual([])
      }
    } finally {
      acme = kept
    }
  })
})

describe('a cursor of a sorted list', () => {
  test('goes on however the same order is spelled, and is refused with another', async () => {
    const { nextCursor: cursor } = await search('/Users', { sortBy: 'userName', cursor: '', count: 2 })
    const same = `/Users?sortBy=USERNAME&sortOrder=Ascending&count=2&cursor=${cursor}`
    expect((await acme.call('GET', same)).status).toBe(200)
    for (const other of ['sortBy=userName&sortOrder=descending', 'sortBy=title', '']) {
      const answer = await acme.call('GET', `/Users?${other}&cursor=${cursor}`)
      expect(answer).toMatchObject({ status: 400, json: { scimType: 'invalidCursor' } })
    }
  })

  test('is refused by another team, and when it is a day old', async () => {
    const other = await scimClient('Other')
    const { nextCursor } = await search('/Users', { sortBy: 'userName', cursor: '', count: 2 })
    const answer = await other.call('GET', `/Users?sortBy=userName&cursor=${nextCursor}`)
    expect(answer.json).toMatchObject({ status: '400', scimType: 'invalidCursor' })
    const scope = [acme.teamId, 'User', undefined, 'userName ascending', SECRET]
    const aged = (seconds: number) => encodeCursor(['forward', 1, 'u'], scope, Date.now() - seconds * 1000)
    expect((await acme.call('GET', `/Users?sortBy=userName&cursor=${aged(86_000)}`)).status).toBe(200)
    const expired = await acme.call('GET', `/Users?sortBy=userName&cursor=${aged(86_500)}`)
    expect(expired.json).toMatchObject({ status: '400', scimType: 'expiredCursor' })
  })

  test('is refused when somebody else made it, whatever it holds', async () => {
    const scope = [acme.teamId, 'User', undefined, 'meta.created ascending']
    for (const secret of ['', 'a guess', undefined])
      for (const position of [
        ['forward', 1, 'no time'],
        ['forward', 'x', null],
        [],
        ['forward', 1, '2020-01-01'],
      ]) {
        const cursor = encodeCursor(position, [...scope, secret], Date.now())
        const answer = await acme.call('GET', `/Users?sortBy=meta.created&cursor=${cursor}`)
        expect(answer).toMatchObject({ status: 400, json: { scimType: 'invalidCursor' } })
      }
  })

  test('with a count that is no number is 400 invalidCount', async () => {
    const answer = await acme.call('GET', '/Users?sortBy=userName&cursor&count=ten')
    expect(answer.json).toMatchObject({ status: '400', scimType: 'invalidCount' })
  })
})
