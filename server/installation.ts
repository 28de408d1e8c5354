import path from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import {
  DataDirectoryInUse,
  type DataDirectoryLock,
  dataDirectorySecret,
  lockDataDirectory,
  writeRuntime,
} from '#lib/db/data-dir'
import { type EmbeddedPostgres, startEmbeddedPostgres } from '#lib/db/embedded-postgres'
import type { Env } from '#lib/platform/env'
import { logger } from '#lib/platform/logger'
import { deployMigrations } from '#prisma/migrate'
import type { Step } from './progress.ts'

export const COMMAND = 'a Muster command'

export type Installation = {
  databaseUrl: string
  /** Leaves the way to this installation in the data folder, for the command line. */
  announce(publicUrl: string): void
  /** Says in the lock that this process is on its way out, so that the next start waits for it. */
  leaving(): void
  close(): Promise<void>
}

/**
 * The database of an installation, up and migrated: DATABASE_URL, or the embedded one of the data folder, which this
 * process then owns until `close`. Puts DATABASE_URL and MUSTER_SECRET into the environment for everything after it.
 * @param beside  what comes up meanwhile, begun when the folder is ours: a second start must not get that far.
 */
export async function openInstallation<T>(
  env: Env,
  purpose: string,
  step: Step,
  beside: () => Promise<T>,
): Promise<{ installation: Installation; besides: T }> {
  if (env.DATABASE_URL) {
    const databaseUrl = env.DATABASE_URL
    const [besides] = await Promise.all([beside(), migrate(databaseUrl, step, 'Database ready')])
    const nothing = () => {}
    return {
      installation: { databaseUrl, announce: nothing, leaving: nothing, close: async () => {} },
      besides,
    }
  }
  const dataDir = path.resolve(env.MUSTER_DATA_DIR)
  const lock = await patiently(() => lockDataDirectory(dataDir, purpose))
  process.env.MUSTER_SECRET ||= dataDirectorySecret(dataDir)
  const [database, other] = await Promise.allSettled([openEmbedded(dataDir, step), beside()])
  if (database.status === 'fulfilled' && other.status === 'fulfilled')
    return { installation: supervised(database.value, dataDir, lock), besides: other.value }
  if (database.status === 'fulfilled') await database.value.stop()
  lock.release()
  throw database.status === 'rejected' ? database.reason : (other as PromiseRejectedResult).reason
}

async function openEmbedded(dataDir: string, step: Step): Promise<EmbeddedPostgres> {
  const server = await step(
    () => startEmbeddedPostgres({ dataDir }),
    ({ created }) => `Database ${created ? 'made' : 'started'} (embedded PostgreSQL, ${shown(dataDir)})`,
  )
  try {
    process.env.DATABASE_URL = server.databaseUrl
    await migrate(server.databaseUrl, step, null)
    return server
  } catch (error) {
    await server.stop()
    throw error
  }
}

async function migrate(databaseUrl: string, step: Step, unchanged: string | null): Promise<void> {
  await step<string[]>(
    () => deployMigrations(databaseUrl),
    (applied) => {
      if (applied.length === 0) return unchanged
      return `Database migrated (${applied.length === 1 ? applied[0] : `${applied.length} migrations`})`
    },
  )
}

/** Keeps PostgreSQL running: should it die alone (killed for want of memory, say), it is started again, as it was. */
function supervised(first: EmbeddedPostgres, dataDir: string, lock: DataDirectoryLock): Installation {
  let server = first
  let closing = false
  let restarting: Promise<void> = Promise.resolve()
  const watch = () => {
    server.exited.then(() => {
      if (closing) return
      logger().error('PostgreSQL ended unexpectedly; starting it again')
      restarting = restart()
    })
  }
  const restart = async () => {
    for (let attempt = 1; ; attempt++) {
      try {
        server = await startEmbeddedPostgres({ dataDir })
        if (server.databaseUrl !== first.databaseUrl) throw new Error('its port was taken meanwhile')
        return watch()
      } catch (cause) {
        logger().fatal({ err: cause }, 'PostgreSQL does not start again')
        if (attempt === 5 || closing) {
          process.exitCode = 1
          process.kill(process.pid, 'SIGTERM')
          return
        }
        await delay(attempt * 500)
      }
    }
  }
  watch()
  return {
    databaseUrl: first.databaseUrl,
    announce: (publicUrl) => writeRuntime(dataDir, { databaseUrl: first.databaseUrl, publicUrl }),
    leaving: () => lock.leaving(),
    async close() {
      closing = true
      await restarting
      await server.stop()
      lock.release()
    },
  }
}

/** A command holds the folder for a moment only, and a Muster that is stopping lets go of it: both are waited for. */
async function patiently(take: () => DataDirectoryLock): Promise<DataDirectoryLock> {
  const started = Date.now()
  for (;;) {
    try {
      return take()
    } catch (error) {
      if (!(error instanceof DataDirectoryInUse)) throw error
      // A Muster whose parent was killed takes a moment to notice, hence the first second.
      const patience = error.owner.leaving || error.owner.purpose === COMMAND ? 30_000 : 1_000
      if (Date.now() - started > patience) throw error
      await delay(50)
    }
  }
}

function shown(directory: string): string {
  const relative = path.relative(process.cwd(), directory)
  return relative.startsWith('..') ? directory : `./${relative}`
}
