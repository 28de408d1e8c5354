import { randomBytes } from 'node:crypto'
import { existsSync, linkSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { processStartedAt } from '#lib/platform/process-identity'

/** What a running Muster leaves in its data folder for the command line to find: `runtime.json`, mode 0600. */
export type Runtime = { pid: number; startedAt: string; databaseUrl: string; publicUrl: string | null }

export type Owner = { pid: number; startedAt: string; purpose: string; leaving: boolean; url: string | null }

export class DataDirectoryInUse extends Error {
  override readonly name = 'DataDirectoryInUse'
  readonly owner: Owner
  constructor(directory: string, owner: Owner) {
    const where = owner.url ? ` at ${owner.url}` : ''
    super(
      `The data folder ${directory} is in use: ${owner.purpose} runs on it already (process ${owner.pid})${where}. Stop that one first, or choose another folder with MUSTER_DATA_DIR.`,
    )
    this.owner = owner
  }
}

export type DataDirectoryLock = {
  /** Marks the lock: its owner has begun to stop. */
  leaving(): void
  release(): void
}

/**
 * Takes a data folder for this process, making it if need be. Held until released; a holder that was killed holds
 * nothing, because its process id together with its start time names no living process any more.
 * @throws DataDirectoryInUse
 */
export function lockDataDirectory(directory: string, purpose: string): DataDirectoryLock {
  const dir = path.resolve(directory)
  mkdirSync(dir, { recursive: true, mode: 0o700 })
  const lock = path.join(dir, 'muster.lock')
  const mine = path.join(dir, `muster.lock.${process.pid}`)
  writeFileSync(mine, JSON.stringify(self(purpose)), { mode: 0o600 })
  try {
    for (;;) {
      try {
        // Appears whole or not at all, and fails when another is there.
        linkSync(mine, lock)
        break
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
      }
      const owner = readOwner(lock)
      if (owner && isAlive(owner))
        throw new DataDirectoryInUse(dir, { ...owner, url: readRuntime(dir)?.publicUrl ?? null })
      setAside(lock, mine)
    }
  } finally {
    rmSync(mine, { force: true })
  }
  return {
    leaving() {
      writeFileSync(`${mine}.leaving`, JSON.stringify({ ...self(purpose), leaving: true }), { mode: 0o600 })
      renameSync(`${mine}.leaving`, lock)
    },
    release() {
      rmSync(path.join(dir, 'runtime.json'), { force: true })
      if (readOwner(lock)?.pid === process.pid) rmSync(lock, { force: true })
    },
  }
}

/** Removes a dead owner's lock. Of two processes that do so at once, one might move the other's fresh lock: it is put back. */
function setAside(lock: string, mine: string): void {
  const aside = `${mine}.dead`
  try {
    renameSync(lock, aside)
  } catch {
    return
  }
  const moved = readOwner(aside)
  if (moved && isAlive(moved)) {
    try {
      linkSync(aside, lock)
    } catch {
      // A third one holds it now.
    }
  }
  rmSync(aside, { force: true })
}

function self(purpose: string): Owner {
  return {
    pid: process.pid,
    startedAt: processStartedAt(process.pid) ?? '',
    purpose,
    leaving: false,
    url: null,
  }
}

function readOwner(file: string): Owner | null {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as Owner
  } catch {
    return null
  }
}

function isAlive({ pid, startedAt }: { pid: number; startedAt: string }): boolean {
  return processStartedAt(pid) === startedAt
}

export function writeRuntime(
  directory: string,
  runtime: { databaseUrl: string; publicUrl: string | null },
): void {
  const file = path.join(path.resolve(directory), 'runtime.json')
  const { pid, startedAt } = self('')
  writeFileSync(`${file}.new`, `${JSON.stringify({ pid, startedAt, ...runtime })}\n`, { mode: 0o600 })
  renameSync(`${file}.new`, file)
}

/** The Muster that runs on this data folder, or `null` when none does. */
export function readRuntime(directory: string): Runtime | null {
  try {
    const runtime = JSON.parse(
      readFileSync(path.join(path.resolve(directory), 'runtime.json'), 'utf8'),
    ) as Runtime
    return isAlive(runtime) ? runtime : null
  } catch {
    return null
  }
}

/** The installation's secret, made on first use. Whoever has it can forge sessions, hence mode 0600. */
export function dataDirectorySecret(directory: string): string {
  const file = path.join(path.resolve(directory), 'secret')
  if (!existsSync(file))
    writeFileSync(file, `${randomBytes(32).toString('hex')}\n`, { mode: 0o600, flag: 'wx' })
  return readFileSync(file, 'utf8').trim()
}
