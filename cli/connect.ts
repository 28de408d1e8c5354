import { existsSync } from 'node:fs'
import path from 'node:path'
import { dataDirectorySecret, readRuntime } from '#lib/db/data-dir'
import { closePool } from '#lib/db/pool'
import { flushAnnouncements } from '#lib/live/announce'
import { readEnv } from '#lib/platform/env'
import { COMMAND, openInstallation } from '#server/installation'
import { silently } from '#server/progress'

export type Found = {
  dataDir: string | null
  running: { pid: number; url: string | null } | null
  exists: boolean
}

/** Which installation the environment means, and whether a Muster of this machine runs it. */
export function findInstallation(): Found {
  const env = readEnv(process.env)
  if (env.DATABASE_URL) return { dataDir: null, running: null, exists: true }
  const dataDir = path.resolve(env.MUSTER_DATA_DIR)
  const runtime = readRuntime(dataDir)
  return {
    dataDir,
    running: runtime && { pid: runtime.pid, url: runtime.publicUrl },
    exists: existsSync(path.join(dataDir, 'postgres/PG_VERSION')),
  }
}

/**
 * Runs `work` on the installation's database: that of DATABASE_URL, that of the Muster that runs on the data folder, or,
 * when none runs, the embedded one, brought up for as long as the work takes. Sets DATABASE_URL for everything inside.
 */
export async function withDatabase<T>(work: () => Promise<T>): Promise<T> {
  const env = readEnv(process.env)
  const runtime = env.DATABASE_URL ? null : readRuntime(env.MUSTER_DATA_DIR)
  if (runtime) {
    process.env.DATABASE_URL = runtime.databaseUrl
    process.env.MUSTER_SECRET ||= dataDirectorySecret(env.MUSTER_DATA_DIR)
    if (runtime.publicUrl) process.env.PUBLIC_URL ||= runtime.publicUrl
  }
  const close = runtime
    ? async () => {}
    : (await openInstallation(env, COMMAND, silently, async () => {})).installation.close
  try {
    return await work()
  } finally {
    await flushAnnouncements()
    await closePool()
    await close()
  }
}
