import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { request } from 'node:http'
import path from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import packageJson from '../../package.json' with { type: 'json' }

const root = path.resolve(import.meta.dirname, '../..')
const probe = path.join(import.meta.dirname, 'probe.mjs')
const PATIENCE_MS = 120_000
/** What `npm start` gives to node. */
const flags = packageJson.scripts.start.split(' ').filter((word) => word.startsWith('--'))

/** Starts a server's file in a process of its own, with nothing of this process's environment but the paths. */
export function spawnServer(file: string, env: Record<string, string>): ChildProcess {
  const { PATH, HOME, TMPDIR, LANG } = process.env
  const profile = process.env.BENCH_PROFILE_DIR
  return spawn(
    process.execPath,
    [...flags, ...(profile ? ['--cpu-prof', `--cpu-prof-dir=${profile}`] : []), '--import', probe, file],
    {
      cwd: root,
      env: { PATH, HOME, TMPDIR, LANG, NODE_ENV: 'production', ...env } as NodeJS.ProcessEnv,
      stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    },
  )
}

/** Resolves as soon as the server answers a SCIM request, whatever it says. */
export async function firstAnswer(child: ChildProcess, baseUrl: string): Promise<void> {
  const until = performance.now() + PATIENCE_MS
  while (performance.now() < until) {
    if (child.exitCode !== null) throw new Error(`the server ended with code ${child.exitCode}`)
    if (await answers(`${baseUrl}/Users?count=1`)) return
    await delay(5)
  }
  throw new Error(`no answer from ${baseUrl}`)
}

function answers(url: string): Promise<boolean> {
  return new Promise((resolve) => {
    request(url, { agent: false }, (response) => {
      response.resume()
      resolve((response.statusCode ?? 500) < 500)
    })
      .on('error', () => resolve(false))
      .end()
  })
}

export async function stopServer(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return
  child.kill('SIGTERM')
  await once(child, 'exit')
}
