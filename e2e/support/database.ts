import { readFileSync } from 'node:fs'
import path from 'node:path'
import pg from 'pg'
import type { RunningMuster } from './server.ts'

/** A connection to the database of a running installation; the caller ends it. */
export async function databaseOf(muster: RunningMuster): Promise<pg.Client> {
  const { databaseUrl } = JSON.parse(readFileSync(path.join(muster.dataDir, 'runtime.json'), 'utf8'))
  const database = new pg.Client({ connectionString: databaseUrl })
  await database.connect()
  return database
}
