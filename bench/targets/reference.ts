import { mkdtempSync, rmSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { startEmbeddedPostgres } from '#lib/db/embedded-postgres'
import { firstAnswer, spawnServer, stopServer } from './spawn-server.ts'
import type { RunningTarget } from './target.ts'

const TOKEN = 'reference'

/** Starts the reference server on a PostgreSQL of its own, of the kind and with the settings that Muster embeds. */
export async function startReference(port: number): Promise<RunningTarget> {
  const dataDir = mkdtempSync(path.join(os.tmpdir(), 'muster-bench-'))
  const probePath = path.join(os.tmpdir(), `muster-bench-${process.pid}.sock`)
  const database = await startEmbeddedPostgres({ dataDir })
  const baseUrl = `http://127.0.0.1:${port}/scim/v2`
  const start = async () => {
    rmSync(probePath, { force: true })
    const started = performance.now()
    const child = spawnServer('bench/targets/reference-server.mjs', {
      DATABASE_URL: database.databaseUrl,
      PORT: String(port),
      TOKEN,
      BENCH_PROBE: probePath,
    })
    await firstAnswer(child, baseUrl)
    return { child, ms: performance.now() - started }
  }
  let { child, ms } = await start()
  const target: RunningTarget = {
    name: 'reference',
    baseUrl,
    token: TOKEN,
    serverPid: child.pid as number,
    postmasterPid: database.pid,
    databaseUrl: database.databaseUrl,
    probePath,
    firstStartMs: ms,
    async restart() {
      await stopServer(child)
      ;({ child, ms } = await start())
      target.serverPid = child.pid as number
      return ms
    },
    async stop() {
      await stopServer(child)
      await database.stop()
      rmSync(dataDir, { recursive: true, force: true, maxRetries: 20, retryDelay: 100 })
      rmSync(probePath, { force: true })
    },
  }
  return target
}
