import { parseArgs } from 'node:util'
import { serve } from '@hono/node-server'
import { readEnv, type SandboxEnv } from './env.ts'
import { openSandbox } from './sandbox.ts'
import { sandboxServer } from './server.ts'

const CLOSE_MILLISECONDS = 2000

function start(): void {
  const { values } = parseArgs({ options: { seed: { type: 'string' }, help: { type: 'boolean' } } })
  if (values.help) {
    console.log(
      'node sandbox/main.ts [--seed small]\n\nSettings come from the environment: see sandbox/README.md.',
    )
    return
  }
  if (values.seed !== undefined && values.seed !== 'small') throw new Error('--seed knows only "small"')
  const env: SandboxEnv = readEnv(process.env)
  const sandbox = openSandbox({ ...env, ...(values.seed === undefined ? {} : { seed: 'small' as const }) })
  const { fetch } = sandboxServer(sandbox)
  const server = serve({ fetch, port: env.port, hostname: env.host }, () => {
    console.log(`Okta sandbox (a stand-in, not Okta): ${env.origin}\nIts state: ${env.statePath}`)
  })
  server.on('error', (error: Error) => {
    console.error(`The sandbox cannot listen on ${env.host}:${env.port}: ${error.message}`)
    process.exit(1)
  })
  let closing = false
  const close = () => {
    if (closing) return
    closing = true
    // A request that hangs must not keep the process: what it was doing is queued again at the next start.
    setTimeout(() => process.exit(0), CLOSE_MILLISECONDS).unref()
    server.close()
    void sandbox.close().then(() => process.exit(0))
  }
  process.on('SIGINT', close)
  process.on('SIGTERM', close)
}

try {
  start()
} catch (error) {
  console.error(error instanceof Error ? error.message : error)
  process.exitCode = 1
}
