import { z } from 'zod'
import { singleton } from './singleton.ts'

const flag = z
  .enum(['0', '1', 'true', 'false', ''], { error: 'must be 1 or 0' })
  .default('0')
  .transform((value) => value === '1' || value === 'true')
const whole = (fallback: number, min: number, max: number) => {
  const error = `must be a whole number from ${min} to ${max}`
  return z.coerce.number({ error }).int({ error }).min(min, { error }).max(max, { error }).default(fallback)
}
const oneOf = <const T extends string[]>(...values: T) =>
  z.enum(values, { error: `must be one of ${values.join(', ')}` })
const text = z.string().trim().min(1).optional()
const postgresUrl = z.string().regex(/^postgres(ql)?:\/\//, 'must begin with postgres:// or postgresql://')
const webUrl = z.url({ protocol: /^https?$/, error: 'must be an http:// or https:// address' })

const shape = z.object({
  NODE_ENV: oneOf('development', 'production', 'test').default('production'),
  HOST: z.string().trim().min(1).default('127.0.0.1'),
  PORT: whole(3000, 0, 65535),
  PUBLIC_URL: webUrl.optional(),
  TRUST_PROXY: flag,
  MUSTER_DATA_DIR: z.string().trim().min(1).default('./data'),
  DATABASE_URL: postgresUrl.optional(),
  DATABASE_POOL_SIZE: whole(12, 2, 200),
  MUSTER_SECRET: z.string().min(32, 'must have at least 32 characters').optional(),
  LOG_LEVEL: oneOf('trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent').default('info'),
  OIDC_ISSUER: webUrl.optional(),
  OIDC_CLIENT_ID: text,
  OIDC_CLIENT_SECRET: text,
  OIDC_TRUST_EMAIL: flag,
  OIDC_NAME: z.string().trim().min(1).max(40).default('single sign-on'),
  ACCESS_TOKEN_MINUTES: whole(60, 1, 60 * 24 * 7),
  REFRESH_TOKEN_DAYS: whole(180, 1, 3650),
  REFRESH_GRACE_MINUTES: whole(60 * 24, 0, 60 * 24 * 30),
  SCIM_REQUESTS_PER_SECOND: whole(0, 0, 1_000_000),
  ACTIVITY_RETENTION_DAYS: whole(90, 1, 3650),
  METRICS_TOKEN: z.string().min(16, 'must have at least 16 characters').optional(),
})

/** The settings by name, for the check that `.env.example` explains each. */
export const ENV_NAMES = Object.keys(shape.shape)

/** What settings ask of each other: checked on its own, so that one start lists all that is wrong. */
function conflicts(given: Record<string, string | undefined>): string[] {
  const problems: string[] = []
  const oidc = ['OIDC_ISSUER', 'OIDC_CLIENT_ID', 'OIDC_CLIENT_SECRET']
  const missing = oidc.filter((name) => !given[name])
  if (missing.length > 0 && missing.length < oidc.length)
    problems.push(`${missing.join(' and ')} must be set as well: ${oidc.join(', ')} belong together`)
  if (given.DATABASE_URL && !given.MUSTER_SECRET && (given.NODE_ENV ?? 'production') === 'production')
    problems.push(
      'MUSTER_SECRET is required with DATABASE_URL, the same for every process (for example: openssl rand -hex 32)',
    )
  // It is the issuer (RFC 8414 §2) and the beginning of every address that Muster gives out.
  const url = URL.parse(given.PUBLIC_URL ?? '')
  if (url && (url.pathname !== '/' || url.search || url.hash || url.username || url.password))
    problems.push(`PUBLIC_URL must be an origin alone, for example ${url.origin}`)
  return problems
}

export type Env = z.output<typeof shape> & { PUBLIC_URL: string }

/** The environment does not describe a working installation. `problems` holds a readable line for each fault. */
export class EnvError extends Error {
  override readonly name = 'EnvError'
  readonly problems: string[]

  constructor(problems: string[]) {
    super(`The configuration is not usable:\n${problems.map((problem) => `  ${problem}`).join('\n')}`)
    this.problems = problems
  }
}

/** Reads and checks a set of environment variables; an empty value counts as not set. Throws EnvError. */
export function readEnv(source: Record<string, string | undefined>): Env {
  const given = Object.fromEntries(
    Object.entries(source).filter(([, value]) => value !== undefined && value !== ''),
  )
  const result = shape.safeParse(given)
  const problems = [
    ...(result.error?.issues ?? []).map((issue) => `${issue.path.join('.')} ${issue.message}`),
    ...conflicts(given),
  ]
  if (!result.success || problems.length > 0) throw new EnvError(problems)
  const publicUrl = (result.data.PUBLIC_URL ?? `http://localhost:${result.data.PORT}`).replace(/\/+$/, '')
  return { ...result.data, PUBLIC_URL: publicUrl }
}

/** This process's configuration, read once. */
export function env(): Env {
  return singleton('env', () => readEnv(process.env))
}
