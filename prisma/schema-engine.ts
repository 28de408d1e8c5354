import { randomUUID } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import path from 'node:path'
import { PrismaPg } from '@prisma/adapter-pg'
import {
  bindMigrationAwareSqlAdapterFactory,
  ColumnTypeEnum,
  type DriverAdapterError,
} from '@prisma/driver-adapter-utils'
import type { DiffTarget, SchemaEngine } from '@prisma/schema-engine-wasm'
import pg from 'pg'
import { readMigrations } from './migrate.ts'

/** Indexes of kinds that schema.prisma cannot say and the engine therefore reports as too many: written by hand. */
export const INDEXES_BY_HAND = [
  'directory_group_search_idx',
  'directory_user_email_keys_idx',
  'directory_user_search_idx',
]

type Bindings = { __wbg_set_wasm(exports: WebAssembly.Exports): void; SchemaEngine: typeof SchemaEngine }

const SCHEMA_FILE = path.join(import.meta.dirname, 'schema.prisma')

/**
 * The SQL that leads from what the migrations make to what schema.prisma says; '' when they agree.
 * @param databaseUrl  a server on which a passing database may be created (and is dropped again).
 */
export async function diffMigrationsToSchema(databaseUrl: string): Promise<string> {
  const migrations = readMigrations()
  const from: DiffTarget = migrations.length
    ? {
        tag: 'migrations',
        baseDir: path.join(import.meta.dirname, 'migrations'),
        lockfile: { path: './migration_lock.toml', content: 'provider = "postgresql"\n' },
        shadowDbInitScript: '',
        migrationDirectories: migrations.map(({ name, sql }) => ({
          path: name,
          migrationFile: { path: 'migration.sql', content: { tag: 'ok', value: sql } },
        })),
      }
    : { tag: 'empty' }
  const schema = { path: SCHEMA_FILE, content: readFileSync(SCHEMA_FILE, 'utf8') }
  const engine = await load(databaseUrl, schema)
  try {
    const { stdout } = await engine.diff({
      from,
      to: { tag: 'schemaDatamodel', files: [schema] },
      script: true,
      exitCode: null,
      filters: { externalTables: [], externalEnums: [] },
    })
    return withoutKnown(stdout ?? '')
  } finally {
    engine.free()
  }
}

async function load(databaseUrl: string, schema: { path: string; content: string }): Promise<SchemaEngine> {
  // Loaded here and not above: the engine is some megabytes, and only `migrate new` and its test need it. Its own
  // entry imports the .wasm file as a module, which not every loader does; its bindings are given it by hand instead.
  // Where the engine says why it gave up, before it stops with a bare "unreachable".
  Object.assign(globalThis, { PRISMA_WASM_PANIC_REGISTRY: { set_message: console.error } })
  const file = createRequire(import.meta.url).resolve('@prisma/schema-engine-wasm/schema_engine_bg')
  const bindings = (await import('@prisma/schema-engine-wasm/schema_engine_bg' as string)) as Bindings
  const { instance } = await WebAssembly.instantiate(readFileSync(file.replace(/\.js$/, '.wasm')), {
    './schema_engine_bg.js': bindings as unknown as WebAssembly.ModuleImports,
  })
  bindings.__wbg_set_wasm(instance.exports)
  ;(instance.exports.__wbindgen_start as () => void)()
  const factory = bindMigrationAwareSqlAdapterFactory(migrationAdapter(databaseUrl))
  return bindings.SchemaEngine.new({ datamodels: [[schema.path, schema.content]] }, () => {}, factory)
}

/**
 * The adapter, made fit for migrations in three points: with a connection string its passing "shadow" database would
 * be the very database of that string; it cuts scripts at every semicolon, which breaks functions and DO blocks; and
 * it refuses columns of the system catalogs' type "char", which the engine asks for where tables are partitioned.
 */
function migrationAdapter(databaseUrl: string): PrismaPg {
  const factory = new PrismaPg({ connectionString: databaseUrl })
  const connect = factory.connect.bind(factory)
  factory.connect = async () => mended(await connect())
  factory.connectToShadowDb = async () => {
    const name = `muster_shadow_${randomUUID().replaceAll('-', '')}`
    await execute(databaseUrl, `CREATE DATABASE "${name}"`)
    const url = new URL(databaseUrl)
    url.pathname = `/${name}`
    const shadow = mended(await new PrismaPg({ connectionString: url.href }).connect())
    const dispose = shadow.dispose.bind(shadow)
    shadow.dispose = async () => {
      await dispose()
      await execute(databaseUrl, `DROP DATABASE IF EXISTS "${name}" WITH (FORCE)`)
    }
    return shadow
  }
  return factory
}

type Adapter = Awaited<ReturnType<PrismaPg['connect']>>

const CHAR = 18

function mended(adapter: Adapter): Adapter {
  const driver = adapter.underlyingDriver()
  const queryRaw = adapter.queryRaw.bind(adapter)
  adapter.executeScript = async (script) => {
    await driver.query(script)
  }
  adapter.queryRaw = async (query) => {
    try {
      return await queryRaw(query)
    } catch (error) {
      if ((error as DriverAdapterError).cause?.kind !== 'UnsupportedNativeDataType') throw error
      const inner = query.sql.trim().replace(/;$/, '')
      const { fields } = await driver.query(`SELECT * FROM (${inner}) AS asked LIMIT 0`, query.args)
      const columns = fields.map(({ name, dataTypeID }) =>
        dataTypeID === CHAR ? `"${name}"::text AS "${name}"` : `"${name}"`,
      )
      const result = await queryRaw({
        ...query,
        sql: `SELECT ${columns.join(', ')} FROM (${inner}) AS asked`,
      })
      for (const [index, field] of fields.entries())
        if (field.dataTypeID === CHAR) result.columnTypes[index] = ColumnTypeEnum.Character
      return result
    }
  }
  return adapter
}

async function execute(databaseUrl: string, sql: string): Promise<void> {
  const client = new pg.Client({ connectionString: databaseUrl })
  await client.connect()
  try {
    await client.query(sql)
  } finally {
    await client.end()
  }
}

/** The engine would create the schema that is always there, and drop what it cannot describe. */
function withoutKnown(sql: string): string {
  const statements = sql
    .replace(/-- CreateSchema\s*CREATE SCHEMA IF NOT EXISTS "public";\s*/, '')
    .replace(/-- DropIndex\s*DROP INDEX "(\w+)";\s*/g, (statement, name) =>
      INDEXES_BY_HAND.includes(name) ? '' : statement,
    )
    .trim()
  return statements === '-- This is an empty migration.' || statements === '' ? '' : `${statements}\n`
}
