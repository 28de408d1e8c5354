import pg from 'pg'
import { expect, test } from 'vitest'
import { testDatabase } from './database.ts'

test('two test databases share nothing, and both are migrated', async () => {
  const [one, two] = [await testDatabase(), await testDatabase()]
  const names = []
  for (const { url } of [one, two]) {
    const client = new pg.Client({ connectionString: url })
    await client.connect()
    await client.query('CREATE TABLE mine (id int)')
    names.push((await client.query('SELECT current_database() AS name')).rows[0].name)
    await client.end()
  }
  expect(new Set(names).size).toBe(2)
})
