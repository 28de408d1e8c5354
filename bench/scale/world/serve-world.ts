import { once } from 'node:events'
import { readFileSync, rmSync } from 'node:fs'
import path from 'node:path'
import { firstAnswer, spawnServer, stopServer } from '../../targets/spawn-server.ts'
import type { Target } from '../../targets/target.ts'
import { readWorld, type World } from './make-world.ts'

export type ServedWorld = { world: World; target: Target; url: string; stop(): Promise<void> }

/** Starts the built production server on a generated data folder, as shipped but for the rate limit. */
export async function serveWorld(
  dataDir: string,
  port: number,
  env: Record<string, string> = {},
): Promise<ServedWorld> {
  const world = readWorld(dataDir)
  const url = `http://127.0.0.1:${port}`
  const probePath = path.join(dataDir, 'probe.sock')
  rmSync(probePath, { force: true })
  const child = spawnServer('server.mjs', {
    HOST: '127.0.0.1',
    PORT: String(port),
    PUBLIC_URL: url,
    MUSTER_DATA_DIR: dataDir,
    SCIM_REQUESTS_PER_SECOND: '0',
    LOG_LEVEL: 'warn',
    BENCH_PROBE: probePath,
    ...env,
  })
  const ready = once(child, 'message')
  await firstAnswer(child, `${url}/scim/v2`)
  await ready
  const { databaseUrl } = JSON.parse(readFileSync(path.join(dataDir, 'runtime.json'), 'utf8'))
  const postmaster = readFileSync(path.join(dataDir, 'postgres/postmaster.pid'), 'utf8').split('\n')[0]
  return {
    world,
    url,
    target: {
      name: 'muster',
      baseUrl: `${url}/scim/v2`,
      token: world.token,
      serverPid: child.pid as number,
      postmasterPid: Number(postmaster),
      databaseUrl,
      probePath,
    },
    stop: () => stopServer(child),
  }
}
