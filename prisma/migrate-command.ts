import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { startEmbeddedPostgres } from '#lib/db/embedded-postgres'
import { deployMigrations, MIGRATIONS_DIRECTORY } from './migrate.ts'

const USAGE = `npm run migrate -- new NAME   writes prisma/migrations/<time>_NAME/migration.sql: what schema.prisma asks for beyond the migrations there are
npm run migrate -- deploy     applies the pending migrations to DATABASE_URL (npm start does this by itself)`

const [verb, name] = process.argv.slice(2)
if (verb === 'new' && name && /^[a-z0-9_]+$/.test(name)) await newMigration(name)
else if (verb === 'deploy' && process.env.DATABASE_URL) await deploy(process.env.DATABASE_URL)
else {
  if (verb === 'deploy') console.error('DATABASE_URL is not set.')
  if (verb === 'new') console.error('NAME is lower-case letters, digits and underscores.')
  console.error(USAGE)
  process.exitCode = 2
}

async function deploy(databaseUrl: string): Promise<void> {
  const done = await deployMigrations(databaseUrl, {
    onProgress: ({ name, index, total }) => console.log(`${index}/${total} ${name}`),
  })
  console.log(done.length ? `${done.length} applied` : 'Nothing to apply')
}

async function newMigration(name: string): Promise<void> {
  const { diffMigrationsToSchema } = await import('./schema-engine.ts')
  const sql = await withServer(diffMigrationsToSchema)
  if (!sql) {
    console.log('The migrations already make what schema.prisma says.')
    return
  }
  const time = new Date().toISOString().replace(/\D/g, '').slice(0, 14)
  const directory = path.join(MIGRATIONS_DIRECTORY, `${time}_${name}`)
  mkdirSync(directory, { recursive: true })
  writeFileSync(path.join(directory, 'migration.sql'), sql)
  writeFileSync(path.join(MIGRATIONS_DIRECTORY, 'migration_lock.toml'), 'provider = "postgresql"\n')
  console.log(
    `${path.relative(process.cwd(), directory)}/migration.sql: read it, and add by hand what Prisma cannot say.`,
  )
}

/** The difference is found by running the migrations on a passing database: on DATABASE_URL's server or one of our own. */
async function withServer<T>(work: (databaseUrl: string) => Promise<T>): Promise<T> {
  if (process.env.DATABASE_URL) return work(process.env.DATABASE_URL)
  const dataDir = mkdtempSync(path.join(os.tmpdir(), 'muster-migrate-'))
  const server = await startEmbeddedPostgres({ dataDir, durable: false, ephemeral: true })
  try {
    return await work(server.databaseUrl)
  } finally {
    await server.stop()
    rmSync(dataDir, { recursive: true, force: true })
  }
}
