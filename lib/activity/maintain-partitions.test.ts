import { expect, test } from 'vitest'
import { pool } from '#lib/db/pool'
import { testDatabase } from '#tests/database'
import { exchangesOf, scimClient } from '#tests/scim-client'
import { maintainPartitions } from './maintain-partitions.ts'

await testDatabase()
const DAY = 86_400_000

test('exchanges go to the week they belong to, are read as before, and leave with their whole week', async () => {
  const now = Date.now()
  const [first, second] = await Promise.all([maintainPartitions(now, 90), maintainPartitions(now, 90)])
  expect([...first.made, ...second.made]).toHaveLength(3)
  const acme = await scimClient()
  await acme.call('POST', '/Users', { userName: 'kept@example.com' })
  expect(await exchangesOf(acme.teamId)).toHaveLength(1)
  const { rows } = await pool().query<{ where: string }>(
    'SELECT tableoid::regclass::text AS where FROM exchange',
  )
  expect(rows.map((row) => row.where)).toEqual([expect.stringMatching(/^partitions\.exchange_\d{8}$/)])
  expect((await maintainPartitions(now + 60 * DAY, 90)).dropped).toEqual([])
  const later = await maintainPartitions(now + 120 * DAY, 90)
  expect(later.dropped.length).toBeGreaterThan(0)
  expect(await exchangesOf(acme.teamId)).toHaveLength(0)
})

test('of every partition PostgreSQL gathers statistics of indexed columns alone', async () => {
  await maintainPartitions(Date.now(), 90)
  const { rows } = await pool().query<{ partition: string; estimated: string[] }>(
    `SELECT inhrelid::regclass::text AS partition,
       array_agg(attname::text ORDER BY attname) FILTER (WHERE attstattarget IS DISTINCT FROM 0) AS estimated
     FROM pg_inherits JOIN pg_attribute ON attrelid = inhrelid AND attnum > 0 AND NOT attisdropped
     WHERE inhparent = 'exchange'::regclass GROUP BY 1`,
  )
  expect(rows.length).toBeGreaterThan(1)
  const { rows: indexed } = await pool().query<{ name: string }>(
    `SELECT DISTINCT attname::text AS name FROM pg_index i JOIN pg_attribute a ON a.attrelid = i.indrelid
     WHERE i.indrelid = 'exchange'::regclass AND (a.attnum = ANY (i.indkey) OR pg_get_expr(i.indpred, i.indrelid) ~ ('\\y' || attname || '\\y'))
     ORDER BY 1`,
  )
  for (const { estimated } of rows) expect(estimated).toEqual(indexed.map(({ name }) => name))
})
