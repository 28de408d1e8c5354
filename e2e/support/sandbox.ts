import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'

export type RunningSandbox = { url: string; stop(): Promise<void> }

const root = path.resolve(import.meta.dirname, '../..')

/** Starts the Okta sandbox as its own process, with the small ready-made org and a state file of its own. */
export async function startSandbox(env: Record<string, string> = {}): Promise<RunningSandbox> {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'sandbox-e2e-'))
  const { PATH, HOME, TMPDIR } = process.env
  const child = spawn(process.execPath, ['sandbox/main.ts', '--seed', 'small'], {
    cwd: root,
    env: {
      NODE_ENV: 'production',
      PATH,
      HOME,
      TMPDIR,
      SANDBOX_PORT: '0',
      SANDBOX_STATE: path.join(folder, 'state.json'),
      ...env,
    },
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  })
  const ready = await Promise.race([once(child, 'message'), once(child, 'exit').then(() => null)])
  if (!ready) throw new Error('The sandbox did not start.')
  const [{ url }] = ready as [{ url: string }]
  return {
    url,
    async stop() {
      child.kill('SIGTERM')
      await once(child, 'exit')
      rmSync(folder, { recursive: true, force: true })
    },
  }
}
