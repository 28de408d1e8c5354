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
  /** What it has said so far, on both streams. */
  output(): string
  /** Runs the operator's command line against this installation. */
  command(args: string[], stdin?: string): Promise<{ code: number; stdout: string; stderr: string }>
  stop(): Promise<void>
}

const root = path.resolve(import.meta.dirname, '../..')

/** Starts the real, built server (`npm run build` first) on a data folder and a port of its own. */
export async function startMuster({
  env = {},
}: {
  env?: Record<string, string>
} = {}): Promise<RunningMuster> {
  const dataDir = mkdtempSync(path.join(os.tmpdir(), 'muster-e2e-'))
  const environment = {
    ...cleanEnvironment(),
    PORT: '0',
    MUSTER_DATA_DIR: dataDir,
    LOG_LEVEL: 'warn',
    ...env,
  }
  const child = spawn(process.execPath, ['server.ts'], {
    cwd: root,
    env: environment,
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  })
  let output = ''
  for (const stream of [child.stdout, child.stderr])
    stream?.on('data', (chunk) => {
      output += chunk
    })
  const ready = await Promise.race([once(child, 'message'), once(child, 'exit').then(() => null)])
  if (!ready) {
    rmSync(dataDir, { recursive: true, force: true })
    throw new Error(`Muster did not start:\n${output}`)
  }
  const [{ url, setupUrl }] = ready as [{ url: string; setupUrl: string | null }]
  return {
    url,
    setupUrl,
    dataDir,
    output: () => output,
    command: (args, stdin) => runCommand(args, environment, stdin),
    async stop() {
      await ended(child)
      rmSync(dataDir, { recursive: true, force: true })
    },
  }
}

async function ended(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return
  child.kill('SIGTERM')
  await once(child, 'exit')
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
