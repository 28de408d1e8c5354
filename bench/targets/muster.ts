import { spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { firstAnswer, spawnServer, stopServer } from './spawn-server.ts'
import type { RunningTarget } from './target.ts'

const root = path.resolve(import.meta.dirname, '../..')

/**
 * Starts the built production server on a fresh data folder, makes a team and a service user with the operator's command
 * line, and gives its address and token. No rate limit, warnings only in the log; everything else as shipped.
 */
export async function startMuster(port: number): Promise<RunningTarget> {
  const dataDir = mkdtempSync(path.join(os.tmpdir(), 'muster-bench-'))
  const probePath = path.join(dataDir, 'probe.sock')
  const env = {
    HOST: '127.0.0.1',
    PORT: String(port),
    PUBLIC_URL: `http://127.0.0.1:${port}`,
    MUSTER_DATA_DIR: dataDir,
    SCIM_REQUESTS_PER_SECOND: '0',
    LOG_LEVEL: 'warn',
    BENCH_PROBE: probePath,
  }
  const baseUrl = `http://127.0.0.1:${port}/scim/v2`
  const start = async () => {
    rmSync(probePath, { force: true })
    const started = performance.now()
    const child = spawnServer('server.mjs', env)
    const ready = once(child, 'message')
    await firstAnswer(child, baseUrl)
    const ms = performance.now() - started
    await ready
    return { child, ms }
  }
  const command = (...args: string[]) => {
    const { status, stdout, stderr } = spawnSync(process.execPath, ['cli/main.ts', ...args, '--json'], {
      cwd: root,
      env: { ...process.env, ...env },
      encoding: 'utf8',
    })
    if (status !== 0) throw new Error(`muster ${args.join(' ')}: ${stderr}`)
    return JSON.parse(stdout)
  }

  let { child, ms } = await start()
  command('team', 'create', '--name', 'Bench', '--slug', 'bench')
  const { token } = command('service-user', 'create', '--team', 'bench', '--name', 'load')
  const { databaseUrl } = JSON.parse(readFileSync(path.join(dataDir, 'runtime.json'), 'utf8'))
  const postmaster = () =>
    Number(readFileSync(path.join(dataDir, 'postgres/postmaster.pid'), 'utf8').split('\n')[0])
  const target: RunningTarget = {
    name: 'muster',
    baseUrl,
    token,
    serverPid: child.pid as number,
    postmasterPid: postmaster(),
    databaseUrl,
    probePath,
    firstStartMs: ms,
    async restart() {
      await stopServer(child)
      ;({ child, ms } = await start())
      target.serverPid = child.pid as number
      target.postmasterPid = postmaster()
      return ms
    },
    async stop() {
      await stopServer(child)
      rmSync(dataDir, { recursive: true, force: true, maxRetries: 20, retryDelay: 100 })
    },
  }
  return target
}
