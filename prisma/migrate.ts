import { createHash, randomUUID } from 'node:crypto'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import pg from 'pg'

export const MIGRATIONS_DIRECTORY = path.join(import.meta.dirname, 'migrations')

export type Migration = { name: string; sql: string; checksum: string }

export type DeployOptions = {
  onProgress?: (migration: { name: string; index: number; total: number }) => void
  directory?: string
}

/** The migrations of a folder in the order they apply; the checksum is Prisma's (SHA-256 of the file). */
export function readMigrations(directory = MIGRATIONS_DIRECTORY): Migration[] {
  if (!existsSync(directory)) return []
  return readdirSync(directory, { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && existsSync(path.join(directory, entry.name, 'migration.sql')))
    .map((entry) => entry.name)
    .sort()
    .map((name) => {
      const content = readFileSync(path.join(directory, name, 'migration.sql'))
      return {
        name,
        sql: content.toString('utf8'),
        checksum: createHash('sha256').update(content).digest('hex'),
      }
    })
}

/**
 * Applies the pending migrations, each in one transaction together with its row in `_prisma_migrations`, so that a
 * migration that fails leaves nothing behind. The table is Prisma's own: `prisma migrate deploy` on the same folder
 * finds what was applied here and the other way round. Several processes may call this at once; they take turns.
 * Why not Prisma's engine: docs/decisions/002-migrations.md.
 *
 * @returns the names of the migrations applied by this call.
 * @throws when a migration fails, or the database holds one that this version does not know or that has changed.
 */
export async function deployMigrations(databaseUrl: string, options: DeployOptions = {}): Promise<string[]> {
  const migrations = readMigrations(options.directory)
  const client = new pg.Client({ connectionString: databaseUrl, application_name: 'muster migrate' })
  await client.connect()
  try {
    if (pending(migrations, await applied(client)).length === 0) return []
    // Held by the session until it ends; the number is arbitrary but Muster's own.
    await client.query('SELECT pg_advisory_lock($1)', [ADVISORY_LOCK])
    await client.query(CREATE_TABLE)
    const todo = pending(migrations, await applied(client))
    for (const [index, migration] of todo.entries()) {
      options.onProgress?.({ name: migration.name, index: index + 1, total: todo.length })
      await apply(client, migration)
    }
    return todo.map((migration) => migration.name)
  } finally {
    await client.end()
  }
}

const ADVISORY_LOCK = 7_362_181_201

const CREATE_TABLE = `CREATE TABLE IF NOT EXISTS _prisma_migrations (
  id varchar(36) PRIMARY KEY NOT NULL,
  checksum varchar(64) NOT NULL,
  finished_at timestamptz,
  migration_name varchar(255) NOT NULL,
  logs text,
  rolled_back_at timestamptz,
  started_at timestamptz NOT NULL DEFAULT now(),
  applied_steps_count integer NOT NULL DEFAULT 0
)`

type Applied = { name: string; checksum: string; finished: boolean }

async function applied(client: pg.Client): Promise<Applied[]> {
  const exists = await client.query(`SELECT to_regclass('_prisma_migrations') IS NOT NULL AS there`)
  if (!exists.rows[0].there) return []
  const rows = await client.query<Applied>(
    `SELECT migration_name AS name, checksum, finished_at IS NOT NULL AS finished
       FROM _prisma_migrations WHERE rolled_back_at IS NULL ORDER BY started_at, migration_name`,
  )
  return rows.rows
}

function pending(migrations: Migration[], done: Applied[]): Migration[] {
  const known = new Map(migrations.map((migration) => [migration.name, migration]))
  for (const { name, checksum, finished } of done) {
    const migration = known.get(name)
    if (!migration)
      throw new Error(
        `The database holds the migration ${name}, which this version of Muster does not know: it is older than the database. Start the newer version.`,
      )
    if (!finished)
      throw new Error(
        `The migration ${name} was begun by another tool and never finished. Resolve it with "prisma migrate resolve", then start again.`,
      )
    if (migration.checksum !== checksum)
      throw new Error(
        `The migration ${name} was changed after it was applied to this database. Applied migrations never change; write a new one.`,
      )
  }
  const names = new Set(done.map((row) => row.name))
  return migrations.filter((migration) => !names.has(migration.name))
}

async function apply(client: pg.Client, migration: Migration): Promise<void> {
  const startedAt = new Date()
  try {
    await client.query('BEGIN')
    await client.query(migration.sql)
    await client.query(
      `INSERT INTO _prisma_migrations (id, checksum, migration_name, started_at, finished_at, applied_steps_count)
       VALUES ($1, $2, $3, $4, clock_timestamp(), 1)`,
      [randomUUID(), migration.checksum, migration.name, startedAt],
    )
    await client.query('COMMIT')
  } catch (error) {
    await client.query('ROLLBACK').catch(() => {})
    throw new Error(
      `The migration ${migration.name} failed and was rolled back: ${place(error, migration.sql)}`,
      {
        cause: error,
      },
    )
  }
}

function place(error: unknown, sql: string): string {
  const { message, position } = error as pg.DatabaseError
  if (!position) return message
  return `${message} (line ${sql.slice(0, Number(position)).split('\n').length})`
}
