import { type ChildProcess, spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import {
  chmodSync,
  chownSync,
  closeSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { createServer } from 'node:net'
import os from 'node:os'
import path from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import pg from 'pg'
import { logger } from '#lib/platform/logger'
import { processCommand, processStartedAt } from '#lib/platform/process-identity'
import {
  launch,
  type PostgresBinaries,
  postgresBinaries,
  postgresUser,
  type RunAs,
} from './postgres-binaries.ts'

const SUPERUSER = 'muster'
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

export type EmbeddedPostgresOptions = {
  /** The data folder; the cluster goes to `postgres/` in it, port and password to `postgres.json`, the log beside. */
  dataDir: string
  /** False only for tests: no fsync. */
  durable?: boolean
  maxConnections?: number
  /** Deletes the data folder once this process has died without stopping PostgreSQL: for tests. */
  ephemeral?: boolean
}

type Remembered = { port: number; password: string }

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
    await initialise(binaries, runAs, dataDir, cluster, remembered.password, options.durable !== false)
  else await checkVersion(cluster, binaries)
  await stopOrphan(cluster)

  rotate(logFile)
  for (let attempt = 1; ; attempt++) {
    const port = await freePort(remembered.port)
    const logStart = existsSync(logFile) ? statSync(logFile).size : 0
    const child = run(binaries, runAs, cluster, port, logFile, options)
    const exited = new Promise<void>((resolve) =>
      child.once('exit', () => resolve()).once('error', () => resolve()),
    )
    try {
      await ready(child, cluster)
    } catch (error) {
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
        await shutDown(pid)
        await exited
        watcher?.stdin?.end('stopped\n')
      },
    }
  }
}

function recall(dataDir: string): Remembered {
  const file = path.join(dataDir, 'postgres.json')
  if (existsSync(file)) return JSON.parse(readFileSync(file, 'utf8')) as Remembered
  if (existsSync(path.join(dataDir, 'postgres', 'PG_VERSION')))
    throw new Error(
      `${file} is missing, and with it the password of the database beside it. Restore it from a backup.`,
    )
  const remembered = { port: 0, password: randomBytes(24).toString('base64url') }
  remember(dataDir, remembered)
  return remembered
}

function remember(dataDir: string, remembered: Remembered): void {
  const file = path.join(dataDir, 'postgres.json')
  writeFileSync(`${file}.new`, `${JSON.stringify(remembered)}\n`, { mode: 0o600 })
  renameSync(`${file}.new`, file)
}

/**
 * The cluster appears under its own name only when it is whole, so that an interrupted first start can be repeated. Each
 * attempt has a folder of its own: the initdb of a killed one may still run, and empties its folder when it fails.
 */
async function initialise(
  binaries: PostgresBinaries,
  runAs: RunAs,
  dataDir: string,
  cluster: string,
  password: string,
  durable: boolean,
): Promise<void> {
  for (const name of readdirSync(dataDir)) if (name.startsWith(UNFINISHED)) remove(path.join(dataDir, name))
  const making = mkdtempSync(path.join(dataDir, UNFINISHED))
  const passwordFile = `${making}.password`
  writeFileSync(passwordFile, `${password}\n`, { mode: 0o600 })
  if (runAs) {
    chownSync(making, runAs.uid, runAs.gid)
    chownSync(passwordFile, runAs.uid, runAs.gid)
  }
  const child = launch(
    binaries.initdb,
    [
      `--pgdata=${making}`,
      `--username=${SUPERUSER}`,
      `--pwfile=${passwordFile}`,
      '--auth=scram-sha-256',
      '--encoding=UTF8',
      // PostgreSQL's own collation: the same order and case mapping on every machine, whatever its C library.
      '--locale-provider=builtin',
      '--builtin-locale=C.UTF-8',
      '--locale=C',
      ...(durable ? [] : ['--no-sync']),
    ],
    runAs,
    [dataDir],
    { stdio: ['ignore', 'ignore', 'pipe'] },
  )
  let complaint = ''
  child.stderr?.on('data', (chunk) => {
    complaint += chunk
  })
  const code = await new Promise<number | null>((resolve, reject) => {
    child.once('error', reject)
    child.once('close', resolve)
  }).finally(() => rmSync(passwordFile, { force: true }))
  if (code !== 0)
    throw new Error(`PostgreSQL could not make its data folder ${cluster}. ${lastLines(complaint)}`)
  renameSync(making, cluster)
}

const UNFINISHED = 'postgres.new-'

/** What an orphan still writes to cannot always be removed; the next start tries again. */
function remove(unfinished: string): void {
  try {
    rmSync(unfinished, { recursive: true, force: true, maxRetries: 3, retryDelay: 50 })
  } catch (cause) {
    logger().warn({ err: cause }, `could not remove ${unfinished}`)
  }
}

async function checkVersion(cluster: string, binaries: PostgresBinaries): Promise<void> {
  const made = readFileSync(path.join(cluster, 'PG_VERSION'), 'utf8').trim()
  const have = await new Promise<string>((resolve, reject) => {
    // Any user may ask for the version, root too.
    const child = spawn(binaries.postgres, ['--version'], { stdio: ['ignore', 'pipe', 'ignore'] })
    let output = ''
    child.stdout.on('data', (chunk) => {
      output += chunk
    })
    child.once('error', reject)
    child.once('close', () => resolve(/\d+/.exec(output)?.[0] ?? ''))
  })
  if (made !== have)
    throw new Error(
      `The database in ${cluster} was made by PostgreSQL ${made}, and this version of Muster brings PostgreSQL ${have}. See docs/operations.md, "Upgrade".`,
    )
}

/** Stops a postmaster that outlived its parent, and removes a lock file whose process id now is somebody else. */
async function stopOrphan(cluster: string): Promise<void> {
  const pidFile = path.join(cluster, 'postmaster.pid')
  if (!existsSync(pidFile)) return
  const pid = Number(readFileSync(pidFile, 'utf8').split('\n')[0])
  if (!processStartedAt(pid)) {
    // A zombie still answers kill(pid, 0), which PostgreSQL would take for a running postmaster.
    if (process.platform === 'linux' && existsSync(`/proc/${pid}`)) rmSync(pidFile, { force: true })
    return
  }
  if (!isPostmasterOf(pid, cluster, pidFile)) {
    rmSync(pidFile, { force: true })
    return
  }
  await shutDown(pid)
}

function isPostmasterOf(pid: number, cluster: string, pidFile: string): boolean {
  if (process.platform === 'linux') {
    // A postmaster works in its cluster, under whatever name it was started there.
    const at = statSync(`/proc/${pid}/cwd`, { throwIfNoEntry: false })
    const wanted = statSync(cluster)
    return at !== undefined && at.dev === wanted.dev && at.ino === wanted.ino
  }
  const command = processCommand(pid)
  const startedIn = readFileSync(pidFile, 'utf8').split('\n')[1] ?? ''
  return command === null || (command.includes('postgres') && command.includes(startedIn))
}

async function shutDown(pid: number): Promise<void> {
  const startedAt = processStartedAt(pid)
  if (!startedAt) return
  const gone = async (milliseconds: number) => {
    const until = Date.now() + milliseconds
    for (let wait = 5; Date.now() < until; wait = Math.min(wait * 1.5, 100)) {
      if (processStartedAt(pid) !== startedAt) return true
      await delay(wait)
    }
    return false
  }
  // SIGINT is PostgreSQL's fast shutdown, SIGQUIT its immediate one, after which the next start recovers from the log.
  for (const [signal, patience] of [
    ['SIGINT', 30_000],
    ['SIGQUIT', 10_000],
  ] as const) {
    try {
      process.kill(pid, signal)
    } catch {
      return
    }
    if (await gone(patience)) return
  }
  throw new Error(`PostgreSQL (process ${pid}) does not stop.`)
}

function run(
  binaries: PostgresBinaries,
  runAs: RunAs,
  cluster: string,
  port: number,
  logFile: string,
  options: EmbeddedPostgresOptions,
): ChildProcess {
  const log = openSync(logFile, 'a', 0o600)
  const settings = {
    ...baseSettings(options.maxConnections ?? 100),
    ...(options.durable === false ? UNSAFE : {}),
    port,
  }
  const child = launch(
    binaries.postgres,
    ['-D', cluster, ...Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`])],
    runAs,
    [cluster],
    // A session of its own: Ctrl-C in the terminal must reach Muster only, which then stops PostgreSQL last.
    { stdio: ['ignore', log, log], detached: true },
  )
  closeSync(log)
  child.unref()
  return child
}

const UNSAFE = { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off', autovacuum: 'off' }

function baseSettings(maxConnections: number): Record<string, string | number> {
  // A container's limit where there is one, else the machine's memory.
  const memory = Math.min(os.totalmem(), process.constrainedMemory() || Number.POSITIVE_INFINITY) / 2 ** 20
  const sharedBuffers = Math.round(Math.min(1024, Math.max(64, memory / 16)))
  return {
    listen_addresses: '127.0.0.1',
    unix_socket_directories: '',
    max_connections: maxConnections,
    shared_buffers: `${sharedBuffers}MB`,
    effective_cache_size: `${Math.round(memory / 2)}MB`,
    maintenance_work_mem: '64MB',
    max_wal_size: '2GB',
    checkpoint_timeout: '15min',
    wal_compression: 'on',
    random_page_cost: 1.1,
    // Muster's statements are short and prepared; compiling them only costs.
    jit: 'off',
    log_min_messages: 'warning',
    log_line_prefix: '%m [%p] ',
    password_encryption: 'scram-sha-256',
    timezone: 'UTC',
  }
}

/** PostgreSQL writes its state into line 8 of its lock file; pg_ctl reads it there too. */
async function ready(child: ChildProcess, cluster: string): Promise<void> {
  const pidFile = path.join(cluster, 'postmaster.pid')
  let failure: Error | undefined
  child.once('error', (error) => {
    failure = error
  })
  child.once('exit', (code, signal) => {
    failure ??= new Error(`it ended with ${signal ?? `code ${code}`}`)
  })
  // Recovery after a crash replays the log since the last checkpoint: minutes at worst, so the limit is generous.
  const until = Date.now() + 10 * 60_000
  while (Date.now() < until) {
    if (failure) throw failure
    if (existsSync(pidFile)) {
      const lines = readFileSync(pidFile, 'utf8').split('\n')
      if (Number(lines[0]) === child.pid && lines[7]?.trim() === 'ready') return
    }
    await delay(10)
  }
  child.kill('SIGQUIT')
  throw new Error('it was not ready after 10 minutes')
}

/**
 * A shell of a few kilobytes that waits on a pipe from this process: when the pipe closes without a word, this
 * process was killed, and PostgreSQL is told to stop. Where there is no shell the next start stops the orphan.
 */
function stopWithParent(pid: number, cluster: string, remove: string | undefined): ChildProcess | null {
  if (process.platform === 'win32') return null
  const script = [
    'trap "" INT TERM HUP',
    'read -r word && exit 0',
    '[ "$(head -n 1 "$2/postmaster.pid" 2>/dev/null)" = "$1" ] && kill -INT "$1"',
    remove ? 'while kill -0 "$1" 2>/dev/null; do sleep 0.1; done; rm -rf "$3"' : '',
  ].join('\n')
  const args = ['-c', script, 'stop-with-parent', String(pid), cluster, ...(remove ? [remove] : [])]
  const watcher = spawn('/bin/sh', args, { stdio: ['pipe', 'ignore', 'ignore'], detached: true, cwd: '/' })
  watcher.on('error', () => {})
  watcher.stdin?.on('error', () => {})
  watcher.unref()
  ;(watcher.stdin as unknown as { unref?: () => void } | null)?.unref?.()
  return watcher
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

function lastLines(text: string): string {
  return text.trim().split('\n').slice(-4).join(' | ')
}
