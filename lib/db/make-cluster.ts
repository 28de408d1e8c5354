import { spawn } from 'node:child_process'
import { chownSync, mkdtempSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { logger } from '#lib/platform/logger'
import { launch, type PostgresBinaries, type RunAs } from './postgres-binaries.ts'

/** The role that owns everything in an embedded cluster. */
export const SUPERUSER = 'muster'
const UNFINISHED = 'postgres.new-'

/**
 * The cluster appears under its own name only when it is whole, so that an interrupted first start can be repeated. Each
 * attempt has a folder of its own: the initdb of a killed one may still run, and empties its folder when it fails.
 */
export async function makeCluster(
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

/** What an orphan still writes to cannot always be removed; the next start tries again. */
function remove(unfinished: string): void {
  try {
    rmSync(unfinished, { recursive: true, force: true, maxRetries: 3, retryDelay: 50 })
  } catch (cause) {
    logger().warn({ err: cause }, `could not remove ${unfinished}`)
  }
}

/** Refuses a cluster that another major version of PostgreSQL made. */
export async function checkVersion(cluster: string, binaries: PostgresBinaries): Promise<void> {
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

/** The end of what a program of PostgreSQL's said, on one line. */
export function lastLines(text: string): string {
  return text.trim().split('\n').slice(-4).join(' | ')
}
