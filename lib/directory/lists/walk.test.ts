import { beforeAll, expect, test } from 'vitest'
import { pool } from '#lib/db/pool'
import { newId } from '#lib/platform/ids'
import { testDatabase } from '#tests/database'
import { type ScimClient, scimClient } from '#tests/scim-client'
import { foldBlocks } from '../blocks/fold-blocks.ts'

await testDatabase()
let acme: ScimClient
beforeAll(async () => {
  acme = await scimClient()
})

async function insert(count: number, label: string): Promise<void> {
  await pool().query(
    `INSERT INTO directory_user (team_id, id, user_name, user_name_key, external_id, search_text, active, doc, created_at, updated_at)
     SELECT $1, gen_random_uuid(), name, name, $2, name, true, jsonb_build_object('userName', name, 'title', 'Engineer'), now(), now()
     FROM (SELECT $2::text || n || '@example.com' AS name FROM generate_series(1, $3::int) n) u`,
    [acme.teamId, label, count],
  )
}

const namesOf = (page: { json: { Resources: { userName: string }[] } }) =>
  page.json.Resources.map((user) => user.userName)

/** Somebody creates, changes and deletes between any two pages: also users that the walk has seen already. */
async function disturb(step: number): Promise<void> {
  await insert(3, `late${step}.${newId()}.`)
  await pool().query(
    `DELETE FROM directory_user WHERE team_id = $1 AND user_name IN ('goes' || $2::int || '@example.com', 'goes' || (400 - $2::int) || '@example.com')`,
    [acme.teamId, step + 1],
  )
  await acme.call('PATCH', `/Users/${await idOf(`stays${1 + (step % 1_000)}@example.com`)}`, {
    Operations: [{ op: 'replace', value: { title: `Title ${step}` } }],
  })
}

async function idOf(userName: string): Promise<string> {
  const { rows } = await pool().query<{ id: string }>(
    'SELECT id FROM directory_user WHERE team_id = $1 AND user_name_key = $2',
    [acme.teamId, userName],
  )
  return rows[0]?.id ?? ''
}

async function prepare(): Promise<string[]> {
  await pool().query('DELETE FROM directory_user WHERE team_id = $1', [acme.teamId])
  await insert(200, 'goes')
  await insert(1_500, 'stays')
  await pool().query(
    `UPDATE directory_user SET user_name = 'goes' || n || '@example.com', user_name_key = 'goes' || n || '@example.com'
     FROM (SELECT id, 200 + row_number() OVER (ORDER BY seq DESC) AS n FROM directory_user WHERE team_id = $1 ORDER BY seq DESC LIMIT 200) last
     WHERE directory_user.team_id = $1 AND directory_user.id = last.id`,
    [acme.teamId],
  )
  await foldBlocks(acme.teamId, 'User')
  const { rows } = await pool().query<{ user_name: string }>(
    `SELECT user_name FROM directory_user WHERE team_id = $1 AND user_name LIKE 'stays%'`,
    [acme.teamId],
  )
  return rows.map((row) => row.user_name)
}

/** A new group that everybody is in. */
async function groupOfAll(): Promise<string> {
  const { json } = await acme.call('POST', '/Groups', { displayName: `All ${newId()}` })
  await pool().query(
    `INSERT INTO membership (team_id, group_id, user_id, added_at) SELECT team_id, $2, id, now() FROM directory_user WHERE team_id = $1`,
    [acme.teamId, json.id],
  )
  return json.id
}

function expectEachOnce(seen: string[], stayed: string[]): void {
  expect(new Set(seen).size).toBe(seen.length)
  expect(stayed.filter((name) => !seen.includes(name))).toEqual([])
}

test.each([
  ['all users', ''],
  ['a filter that few match', '&filter=userName sw "stays" or userName sw "goes"'],
  ['a filter without an index', '&filter=title co "t" or title co "e"'],
  ['the members of a group', '&filter=groups.value eq "GROUP"'],
])(
  'a walk by startIndex over %s meets everybody who stays once, whoever comes and goes',
  async (_, given) => {
    const stayed = await prepare()
    const filter = given.includes('GROUP') ? given.replace('GROUP', await groupOfAll()) : given
    const seen: string[] = []
    for (let step = 0, startIndex = 1, total = 1; startIndex <= total; step++) {
      const page = await acme.call('GET', `/Users?count=50&startIndex=${startIndex}${filter}`)
      expect(page.status).toBe(200)
      seen.push(...namesOf(page))
      startIndex += page.json.itemsPerPage
      total = page.json.totalResults
      await disturb(step)
    }
    expectEachOnce(seen, stayed)
  },
  60_000,
)

test.each([
  ['all users', ''],
  ['the members of a group', '&filter=groups.value eq "GROUP"'],
])(
  'a walk by cursor over %s does so as well, forth and back',
  async (_, given) => {
    const stayed = await prepare()
    const filter = given.includes('GROUP') ? given.replace('GROUP', await groupOfAll()) : given
    const seen: string[] = []
    let page = await acme.call('GET', `/Users?count=50&cursor${filter}`)
    let last = page
    for (let step = 0; page.json; step++) {
      seen.push(...namesOf(page))
      last = page
      if (!page.json.nextCursor) break
      await disturb(step)
      page = await acme.call('GET', `/Users?count=50&cursor=${page.json.nextCursor}${filter}`)
    }
    expectEachOnce(seen, stayed)
    const back: string[] = []
    for (page = last; ; ) {
      back.push(...namesOf(page))
      if (!page.json.previousCursor) break
      page = await acme.call('GET', `/Users?count=50&cursor=${page.json.previousCursor}${filter}`)
    }
    expectEachOnce(back, stayed)
  },
  60_000,
)

test('the members of a group of more than are gathered at once are all met, those of groups within it too and each once', async () => {
  await prepare()
  await insert(9_000, 'many')
  const outer = await groupOfAll()
  const inner = await groupOfAll()
  await pool().query(
    `INSERT INTO nested_group (team_id, group_id, member_group_id, added_at) VALUES ($1, $2, $3, now())`,
    [acme.teamId, outer, inner],
  )
  await pool().query(
    `DELETE FROM membership USING directory_user u WHERE u.id = user_id AND group_id = $1 AND u.user_name LIKE 'many1%'`,
    [outer],
  )
  const filter = `filter=groups.value eq "${outer}"`
  const seen: string[] = []
  for (let startIndex = 1; startIndex <= 10_700; startIndex += 1_000) {
    const page = await acme.call(
      'GET',
      `/Users?count=1000&attributes=userName&startIndex=${startIndex}&${filter}`,
    )
    expect(page.json.totalResults).toBe(10_700)
    seen.push(...namesOf(page))
  }
  expect([seen.length, new Set(seen).size]).toEqual([10_700, 10_700])
  const outOfTurn = await acme.call('GET', `/Users?count=3&startIndex=9999&${filter}`)
  expect(namesOf(outOfTurn)).toEqual(seen.slice(9_998, 10_001))
  const first = await acme.call('GET', `/Users?count=5&cursor&${filter}`)
  const second = await acme.call('GET', `/Users?count=5&cursor=${first.json.nextCursor}&${filter}`)
  const back = await acme.call('GET', `/Users?count=5&cursor=${second.json.previousCursor}&${filter}`)
  expect([...namesOf(first), ...namesOf(second)]).toEqual(seen.slice(0, 10))
  expect(namesOf(back)).toEqual(namesOf(first))
}, 60_000)

test('totalResults is exact on every page, and a page asked for out of turn is the one of that number', async () => {
  await prepare()
  const all: string[] = []
  for (let startIndex = 1; startIndex <= 1_700; startIndex += 100) {
    const page = await acme.call('GET', `/Users?count=100&startIndex=${startIndex}`)
    expect(page.json).toMatchObject({ totalResults: 1_700, startIndex, itemsPerPage: 100 })
    all.push(...namesOf(page))
  }
  for (const startIndex of [1_650, 3, 1_001, 777, 1_700, 1_701, 5_000_000_000]) {
    const page = await acme.call('GET', `/Users?count=20&startIndex=${startIndex}`)
    expect(page.json.totalResults).toBe(1_700)
    expect(namesOf(page)).toEqual(all.slice(startIndex - 1, startIndex + 19))
  }
  expect((await acme.call('GET', '/Users?count=0')).json).toMatchObject({
    totalResults: 1_700,
    Resources: [],
  })
})

test('two walks of one connection at different places do not lead each other astray', async () => {
  await prepare()
  const walk = async (count: number) => {
    const seen: string[] = []
    for (let startIndex = 1; ; ) {
      const page = await acme.call('GET', `/Users?count=${count}&startIndex=${startIndex}`)
      seen.push(...namesOf(page))
      startIndex += page.json.itemsPerPage
      if (startIndex > page.json.totalResults) return seen
    }
  }
  for (const seen of await Promise.all([walk(30), walk(70), walk(100)])) {
    expect(seen).toHaveLength(1_700)
    expect(new Set(seen).size).toBe(1_700)
  }
})
