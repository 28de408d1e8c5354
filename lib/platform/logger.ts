import { type Logger, pino } from 'pino'
import { singleton } from './singleton.ts'

/** Paths that never reach a log line, whatever an object carries. */
const SECRET_PATHS = [
  'authorization',
  'cookie',
  'password',
  'secret',
  'token',
  'code',
  'refresh_token',
  'access_token',
  'client_secret',
]

/** JSON lines on standard output, one object a line, secrets removed. */
export function logger(): Logger {
  return singleton('logger', () =>
    pino({
      level: process.env.LOG_LEVEL ?? (process.env.VITEST ? 'silent' : 'info'),
      base: undefined,
      redact: {
        paths: SECRET_PATHS.flatMap((path) => [path, `*.${path}`, `*.*.${path}`]),
        censor: '[redacted]',
      },
    }),
  )
}
