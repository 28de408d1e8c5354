import { randomUUID } from 'node:crypto'
import { afterAll, inject } from 'vitest'
import { closePool } from '#lib/db/pool'
import { closeSearchPool } from '#lib/db/search-pool'
import { foldingDone } from '#lib/directory/blocks/fold-soon'
import { peek } from '#lib/platform/singleton'
import { createDatabase, dropDatabase } from './postgres-server.ts'

export type TestDatabase = { url: string }

/**
 * A fresh, migrated database for this test file; `DATABASE_URL` points at it from here on, so call it at the top of
 * the file (`const database = await testDatabase()`), before anything reads the environment. It is dropped when the
 * file is done, after the pool of lib/db is closed; a connection still open then keeps it until the end of the run.
 */
export async function testDatabase(): Promise<TestDatabase> {
  const answer = await fetch(inject('testPostgres'))
  const serverUrl = await answer.text()
  if (!answer.ok) throw new Error(`The test database did not start.\n${serverUrl}`)
  const name = `test_${randomUUID().replaceAll('-', '')}`
  const url = await createDatabase(serverUrl, name)
  process.env.DATABASE_URL = url
  afterAll(async () => {
    await foldingDone()
    await closeSearchPool()
    if (peek('pool')) await closePool()
    await dropDatabase(serverUrl, name)
  })
  return { url }
}
