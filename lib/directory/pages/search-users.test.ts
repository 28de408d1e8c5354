import { beforeAll, expect, test } from 'vitest'
import { pool } from '#lib/db/pool'
import { testDatabase } from '#tests/database'
import { type ScimClient, scimClient } from '#tests/scim-client'
import { searchUsers } from './search-users.ts'

await testDatabase()
let acme: ScimClient

/** 44,000 people: the first half by name are called Apart, the second Together; every fourth is at Spread, eleven at Rare. */
const FILL = `
  INSERT INTO directory_user (team_id, id, user_name, user_name_key, display_name, display_name_key, email_keys, search_text, active, doc, created_at, updated_at)
  SELECT $1::uuid, gen_random_uuid(), name, name, name, name, '{}', name, true, '{}'::jsonb, now(), now() FROM (
    SELECT CASE WHEN n <= 22000 THEN 'a apart ' ELSE 'z together ' END || lpad(n::text, 6, '0')
      || CASE WHEN n % 4 = 0 THEN '@spread.test' WHEN n % 4000 = 1 THEN '@rare.test' ELSE '' END AS name
    FROM generate_series(1, 44000) AS n) named`

beforeAll(async () => {
  acme = await scimClient()
  await pool().query(FILL, [acme.teamId])
  await pool().query('ANALYZE directory_user')
})

test('of a text that few share all are counted, and sorted', async () => {
  const page = await searchUsers(acme.teamId, { q: '@rare.test', sort: '-name' })
  expect(page).toMatchObject({ total: 11, totalIs: 'exact', after: undefined, before: undefined })
  const names = page.rows.map((user) => user.userName)
  expect(names).toEqual([...names].sort().reverse())
  expect((await searchUsers(acme.teamId, { q: 'rare.test.no' })).total).toBe(0)
})

test('of a text that thousands share, the total is exact on every page', async () => {
  const first = await searchUsers(acme.teamId, { q: 'spread.test', sort: 'name' })
  const second = await searchUsers(acme.teamId, { q: 'spread.test', sort: 'name', after: first.after })
  expect([first.total, first.totalIs, second.total, second.totalIs]).toEqual([
    11_000,
    'exact',
    11_000,
    'exact',
  ])
  expect(second.rows[0]?.userName).toBe('a apart 000204@spread.test')
  const back = await searchUsers(acme.teamId, { q: 'spread.test', sort: 'name', before: second.before })
  expect(back.rows).toEqual(first.rows)
})

test.each(['name', '-name'] as const)(
  'a text that very many share is found in order, wherever they stand: %s',
  async (sort) => {
    for (const q of ['apart', 'together']) {
      const first = await searchUsers(acme.teamId, { q, sort })
      const second = await searchUsers(acme.teamId, { q, sort, after: first.after })
      expect(first.totalIs).toBe('about')
      expect(first.total).toBeGreaterThan(20_000)
      const numbers = [...first.rows, ...second.rows].map((user) => Number(user.userName.match(/\d{6}/)?.[0]))
      const [low, high] = q === 'apart' ? [1, 22_000] : [22_001, 44_000]
      expect(numbers).toEqual(Array.from({ length: 100 }, (_, i) => (sort === 'name' ? low + i : high - i)))
    }
  },
)
