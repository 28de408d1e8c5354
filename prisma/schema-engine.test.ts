import pg from 'pg'
import { expect, test } from 'vitest'
import { testDatabase } from '#tests/database'
import { diffMigrationsToSchema, INDEXES_BY_HAND } from './schema-engine.ts'

const { url } = await testDatabase()

test('the migrations make what schema.prisma says', async () => {
  expect(await diffMigrationsToSchema(url)).toBe('')
})

test('every index that is written by hand is there', async () => {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  const found = await client.query('SELECT indexname FROM pg_indexes WHERE indexname = ANY($1)', [
    INDEXES_BY_HAND,
  ])
  await client.end()
  expect(found.rows.map((row) => row.indexname).sort()).toEqual([...INDEXES_BY_HAND].sort())
})
