import { resolve } from 'node:path'

export type SandboxEnv = {
  /** 0: any free one. */
  port: number
  host: string
  /** How browsers reach it; undefined: under `localhost` and the port. */
  origin: string | undefined
  statePath: string
  clockSpeed: number
  timeoutMilliseconds: number
  pauseMilliseconds: number
}

/** Reads the environment; throws one error that lists everything that is wrong with it. */
export function readEnv(env: NodeJS.ProcessEnv): SandboxEnv {
  const problems: string[] = []
  const number = (name: string, fallback: number, least: number) => {
    const text = env[name]
    if (text === undefined || text === '') return fallback
    const value = Number(text)
    if (!Number.isFinite(value) || value < least)
      problems.push(`${name} must be a number of at least ${least}, not "${text}"`)
    return value
  }
  const port = number('SANDBOX_PORT', 4400, 0)
  const url = env.SANDBOX_URL
  if (url && !URL.canParse(url)) problems.push(`SANDBOX_URL must be a URL, not "${url}"`)
  const result: SandboxEnv = {
    port,
    host: env.SANDBOX_HOST || '127.0.0.1',
    origin: url && URL.canParse(url) ? new URL(url).origin : undefined,
    statePath: resolve(env.SANDBOX_STATE || './data/sandbox.json'),
    clockSpeed: number('SANDBOX_CLOCK_SPEED', 1, 0.001),
    timeoutMilliseconds: number('SANDBOX_TIMEOUT_SECONDS', 60, 0.01) * 1000,
    pauseMilliseconds: number('SANDBOX_PAUSE_MILLISECONDS', 0, 0),
  }
  if (problems.length > 0) throw new Error(`The sandbox cannot start:\n- ${problems.join('\n- ')}`)
  return result
}
