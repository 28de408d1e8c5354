import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'

export type RunningMuster = {
  url: string
  /** The one-time set-up link, while no admin exists. */
  setupUrl: string | null
  dataDir: string
  pid: number
  /** What it has said so far, on both streams. */
  output(): string
  /** Runs the operator's command line against this installation. */
  command(args: string[], stdin?: string): Promise<{ code: number; stdout: string; stderr: string }>
  /** Ends it with a signal and keeps its data folder. Gives the exit code. */
  end(signal: NodeJS.Signals): Promise<number | null>
  /** Stops it if it still runs, and removes its data folder. */
  stop(): Promise<void>
}

const root = path.resolve(import.meta.dirname, '../..')

/** Starts the real, built server (`npm run build` first) on a data folder and a port of its own. */
export async function startMuster({
  env = {},
}: {
  env?: Record<string, string>
} = {}): Promise<RunningMuster> {
  const { child, dataDir, environment, output } = launch(env)
  const ready = await Promise.race([once(child, 'message'), once(child, 'exit').then(() => null)])
  if (!ready) {
    rmSync(dataDir, { recursive: true, force: true })
    throw new Error(`Muster did not start:\n${output()}`)
  }
  const [{ url, setupUrl }] = ready as [{ url: string; setupUrl: string | null }]
  return {
    url,
    setupUrl,
    dataDir,
    pid: child.pid as number,
    output,
    command: (args, stdin) => runCommand(args, environment, stdin),
    end: (signal) => ended(child, signal),
    async stop() {
      await ended(child, 'SIGTERM')
      // PostgreSQL outlives a killed server for a moment.
      rmSync(dataDir, { recursive: true, force: true, maxRetries: 20, retryDelay: 100 })
    },
  }
}

/** Starts one that is expected to refuse: what it says and its exit code. */
export async function tryToStart(env: Record<string, string>) {
  const { child, dataDir, output } = launch(env)
  const [code] = (await once(child, 'close')) as [number | null]
  if (!env.MUSTER_DATA_DIR) rmSync(dataDir, { recursive: true, force: true })
  return { code, output: output(), dataDir }
}

function launch(env: Record<string, string>) {
  const dataDir = env.MUSTER_DATA_DIR ?? mkdtempSync(path.join(os.tmpdir(), 'muster-e2e-'))
  const environment = {
    ...cleanEnvironment(),
    PORT: '0',
    MUSTER_DATA_DIR: dataDir,
    LOG_LEVEL: 'warn',
    ...env,
  }
  const child = spawn(process.execPath, ['server.mjs'], {
    cwd: root,
    env: environment,
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  })
  let output = ''
  for (const stream of [child.stdout, child.stderr])
    stream?.on('data', (chunk) => {
      output += chunk
    })
  return { child, dataDir, environment, output: () => output }
}

async function ended(child: ChildProcess, signal: NodeJS.Signals): Promise<number | null> {
  if (child.exitCode === null && child.signalCode === null) {
    child.kill(signal)
    await once(child, 'exit')
  }
  return child.exitCode
}

async function runCommand(args: string[], env: NodeJS.ProcessEnv, stdin = '') {
  const child = spawn(process.execPath, ['cli/main.ts', ...args], { cwd: root, env, stdio: 'pipe' })
  const gather = async (stream: NodeJS.ReadableStream) => {
    let text = ''
    for await (const chunk of stream) text += chunk
    return text
  }
  child.stdin.end(stdin)
  const [stdout, stderr, [code]] = await Promise.all([
    gather(child.stdout),
    gather(child.stderr),
    once(child, 'exit'),
  ])
  return { code: code as number, stdout, stderr }
}

/** The developer's own settings must not reach the server under test, nor what Playwright and npm set. */
function cleanEnvironment(): NodeJS.ProcessEnv {
  const { PATH, HOME, TMPDIR, LANG, NODE_COMPILE_CACHE } = process.env
  return { PATH, HOME, TMPDIR, LANG, NODE_COMPILE_CACHE, NODE_ENV: 'production' }
}
