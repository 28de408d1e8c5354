import { expect, test } from 'vitest'
import { pool } from '#lib/db/pool'
import { testDatabase } from '../database.ts'

await testDatabase()

test('no search reads a long list of entries that an inverted index has not merged yet', async () => {
  const { rows } = await pool().query<{ index: string; options: string[] | null }>(
    `SELECT c.relname AS index, c.reloptions AS options FROM pg_class c JOIN pg_am m ON m.oid = c.relam AND m.amname = 'gin'
     WHERE c.relnamespace = 'public'::regnamespace AND c.relkind = 'i'`,
  )
  expect(rows.length).toBeGreaterThanOrEqual(4)
  for (const { index, options } of rows)
    expect([index, options]).toEqual([index, ['gin_pending_list_limit=128']])
})
