import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import pg from 'pg'
import { afterAll, afterEach, beforeEach, expect, test } from 'vitest'
import { testDatabase } from '#tests/database'
import { deployMigrations } from './migrate.ts'

const { url } = await testDatabase()
const client = new pg.Client({ connectionString: url })
await client.connect()
afterAll(() => client.end())

let directory: string
beforeEach(async () => {
  directory = mkdtempSync(path.join(os.tmpdir(), 'muster-migrations-'))
  await client.query('DROP SCHEMA public CASCADE; CREATE SCHEMA public')
})
afterEach(() => rmSync(directory, { recursive: true, force: true }))

function write(name: string, sql: string): void {
  mkdirSync(path.join(directory, name), { recursive: true })
  writeFileSync(path.join(directory, name, 'migration.sql'), sql)
}
const deploy = () => deployMigrations(url, { directory })

test('migrations apply once, in the order of their names, with progress', async () => {
  write('20260102_b', 'CREATE TABLE b (a int REFERENCES a)')
  write('20260101_a', 'CREATE TABLE a (id int PRIMARY KEY)')
  const seen: string[] = []
  await deployMigrations(url, {
    directory,
    onProgress: ({ name, index, total }) => seen.push(`${index}/${total} ${name}`),
  })
  expect(seen).toEqual(['1/2 20260101_a', '2/2 20260102_b'])
  expect(await deploy()).toEqual([])
})

test('functions and blocks keep their semicolons', async () => {
  write('20260101_f', `DO $$ BEGIN CREATE TABLE t (id int); INSERT INTO t VALUES (1); END $$; SELECT ';';`)
  await deploy()
  expect((await client.query('SELECT id FROM t')).rows).toEqual([{ id: 1 }])
})

test('a migration that fails leaves nothing behind, and applies once it is mended', async () => {
  write('20260101_a', 'CREATE TABLE a (id int);\nCREATE TABLE a (id int);')
  await expect(deploy()).rejects.toThrow(/20260101_a failed and was rolled back: relation "a" already exists/)
  expect((await client.query(`SELECT to_regclass('a') AS a`)).rows).toEqual([{ a: null }])
  write('20260101_a', 'CREATE TABLE a (id int);')
  expect(await deploy()).toEqual(['20260101_a'])
})

test('eight processes that deploy at once apply each migration once', async () => {
  write('20260101_a', 'CREATE TABLE a (id int); INSERT INTO a VALUES (1)')
  const applied = await Promise.all(Array.from({ length: 8 }, deploy))
  expect(applied.flat()).toEqual(['20260101_a'])
  expect((await client.query('SELECT count(*)::int AS n FROM a')).rows).toEqual([{ n: 1 }])
})

test('a database from a newer version is refused, and so is a changed migration', async () => {
  write('20260101_a', 'CREATE TABLE a (id int)')
  await deploy()
  write('20260101_a', 'CREATE TABLE a (id bigint)')
  await expect(deploy()).rejects.toThrow(/20260101_a was changed after it was applied/)
  rmSync(path.join(directory, '20260101_a'), { recursive: true })
  await expect(deploy()).rejects.toThrow(/20260101_a, which this version of Muster does not know/)
})

test('what was applied stands in the table as Prisma writes it', async () => {
  write('20260101_a', 'CREATE TABLE a (id int)')
  await deploy()
  const { rows } = await client.query(
    'SELECT migration_name, length(checksum) AS checksum, applied_steps_count, finished_at IS NOT NULL AS finished, rolled_back_at, logs FROM _prisma_migrations',
  )
  expect(rows).toEqual([
    {
      migration_name: '20260101_a',
      checksum: 64,
      applied_steps_count: 1,
      finished: true,
      rolled_back_at: null,
      logs: null,
    },
  ])
})
