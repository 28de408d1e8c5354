import { once } from 'node:events'
import { createServer } from 'node:net'
import { parseArgs } from 'node:util'
import { serve } from '@hono/node-server'
import { readEnv } from './env.ts'
import { openSandbox } from './sandbox.ts'
import { sandboxServer } from './server.ts'

const CLOSE_MILLISECONDS = 2000

async function start(): Promise<void> {
  const { values } = parseArgs({ options: { seed: { type: 'string' }, help: { type: 'boolean' } } })
  if (values.help) {
    console.log(
      'node sandbox/main.ts [--seed small]\n\nSettings come from the environment: see sandbox/README.md.',
    )
    return
  }
  if (values.seed !== undefined && values.seed !== 'small') throw new Error('--seed knows only "small"')
  const env = readEnv(process.env)
  const port = env.port || (await freePort(env.host))
  const origin = env.origin ?? `http://localhost:${port}`
  const sandbox = openSandbox({ ...env, origin, ...(values.seed === undefined ? {} : { seed: 'small' }) })
  const { fetch } = sandboxServer(sandbox)
  const server = serve({ fetch, port, hostname: env.host }, () => {
    console.log(`Okta sandbox (a stand-in, not Okta): ${origin}\nIts state: ${env.statePath}`)
    process.send?.({ url: origin })
  })
  server.on('error', (error: Error & { code?: string }) => {
    console.error(
      error.code === 'EADDRINUSE'
        ? `Port ${port} on ${env.host} is taken by another program. Choose another one with SANDBOX_PORT.`
        : `The sandbox cannot listen on ${env.host}:${port}: ${error.message}`,
    )
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
  // Started by another process, it ends with it.
  process.on('disconnect', close)
}

/** Chosen before anything opens: the redirect URIs of the org's apps carry it. */
async function freePort(host: string): Promise<number> {
  const probe = createServer().listen(0, host)
  await once(probe, 'listening')
  const { port } = probe.address() as { port: number }
  probe.close()
  await once(probe, 'close')
  return port
}

try {
  await start()
} catch (error) {
  console.error(error instanceof Error ? error.message : error)
  process.exitCode = 1
}
