import { chmodSync, existsSync, mkdirSync, readFileSync, renameSync, statSync } from 'node:fs'
import { createServer } from 'node:net'
import path from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import pg from 'pg'
import { checkVersion, lastLines, makeCluster, SUPERUSER } from './make-cluster.ts'
import { postgresBinaries, postgresUser } from './postgres-binaries.ts'
import { recall, remember } from './postgres-json.ts'
import type { PostgresSettings } from './postgres-settings.ts'
import { ready, shutDown, startPostmaster, stopWithParent } from './postmaster.ts'
import { stopOrphan } from './stop-orphan.ts'

const DATABASE = 'muster'
const LOG_LIMIT_BYTES = 10_000_000

export type EmbeddedPostgres = {
  databaseUrl: string
  port: number
  pid: number
  /** True when this call made the cluster. */
  created: boolean
  /** Resolves when the postmaster is gone, for whatever reason. */
  exited: Promise<void>
  /** Fast shutdown: open transactions are rolled back, everything committed is on disk. */
  stop(): Promise<void>
}

export type EmbeddedPostgresOptions = PostgresSettings & {
  /** The data folder; the cluster goes to `postgres/` in it, port and password to `postgres.json`, the log beside. */
  dataDir: string
  /** Deletes the data folder once this process has died without stopping PostgreSQL: for tests. */
  ephemeral?: boolean
}

/**
 * Starts PostgreSQL on 127.0.0.1 in the data folder, making the cluster on first use. The caller holds the data
 * folder's lock (data-dir.ts), so whatever is found running on this cluster is an orphan of a process that was
 * killed, and is stopped first. Committed data survives all of that: it is PostgreSQL's own crash recovery.
 */
export async function startEmbeddedPostgres(options: EmbeddedPostgresOptions): Promise<EmbeddedPostgres> {
  const dataDir = path.resolve(options.dataDir)
  const cluster = path.join(dataDir, 'postgres')
  const logFile = path.join(dataDir, 'postgres.log')
  mkdirSync(dataDir, { recursive: true, mode: 0o700 })
  const binaries = await postgresBinaries()
  const runAs = postgresUser(cluster)
  // The other user has to pass through the folder; what is secret in it has a mode of its own.
  if (runAs && (statSync(dataDir).mode & 0o001) === 0) chmodSync(dataDir, statSync(dataDir).mode | 0o011)

  const remembered = recall(dataDir)
  const created = !existsSync(path.join(cluster, 'PG_VERSION'))
  if (created)
    await makeCluster(binaries, runAs, dataDir, cluster, remembered.password, options.durable !== false)
  else await checkVersion(cluster, binaries)
  await stopOrphan(cluster)

  rotate(logFile)
  for (let attempt = 1; ; attempt++) {
    const port = await freePort(remembered.port)
    const logStart = existsSync(logFile) ? statSync(logFile).size : 0
    const child = startPostmaster(binaries, runAs, cluster, port, logFile, options)
    // Heard of only while something keeps this process: who must wait for it takes the child's reference back first.
    const exited = new Promise<void>((resolve) =>
      child.once('exit', () => resolve()).once('error', () => resolve()),
    )
    try {
      await ready(child, cluster)
    } catch (error) {
      child.ref()
      await exited
      const log = readFileSync(logFile).subarray(logStart).toString('utf8').trim()
      // Someone took the port in between; or backends of a postmaster that was itself killed are just dying.
      const passing = /could not create any TCP\/IP sockets|is still in use|lock file "postmaster.pid"/.test(
        log,
      )
      if (passing && attempt <= 20) {
        await delay(attempt * 50)
        continue
      }
      throw new Error(
        `PostgreSQL did not start (${(error as Error).message}). ${lastLines(log)} Log: ${logFile}`,
      )
    }
    if (port !== remembered.port) remember(dataDir, { ...remembered, port })
    const pid = child.pid as number
    const watcher = stopWithParent(pid, cluster, options.ephemeral ? dataDir : undefined)
    const url = (database: string) =>
      `postgresql://${SUPERUSER}:${remembered.password}@127.0.0.1:${port}/${database}`
    await ensureDatabase(url)
    return {
      databaseUrl: url(DATABASE),
      port,
      pid,
      created,
      exited,
      async stop() {
        child.ref()
        await shutDown(pid)
        await exited
        watcher?.stdin?.end('stopped\n')
      },
    }
  }
}

async function ensureDatabase(url: (database: string) => string): Promise<void> {
  const client = new pg.Client({ connectionString: url('postgres') })
  await client.connect()
  try {
    const found = await client.query('SELECT 1 FROM pg_database WHERE datname = $1', [DATABASE])
    if (found.rowCount === 0) await client.query(`CREATE DATABASE ${DATABASE}`)
  } finally {
    await client.end()
  }
}

/** The wanted port if it is free, else one the system picks. */
async function freePort(wanted: number): Promise<number> {
  const listen = (port: number) =>
    new Promise<number>((resolve, reject) => {
      const server = createServer()
      server.once('error', reject)
      server.listen(port, '127.0.0.1', () => {
        const address = server.address()
        server.close(() => resolve(typeof address === 'object' && address ? address.port : 0))
      })
    })
  return wanted ? listen(wanted).catch(() => listen(0)) : listen(0)
}

function rotate(logFile: string): void {
  if (existsSync(logFile) && statSync(logFile).size > LOG_LIMIT_BYTES) renameSync(logFile, `${logFile}.1`)
}
