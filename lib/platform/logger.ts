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
      serializers: { err: plainError },
      redact: {
        paths: SECRET_PATHS.flatMap((path) => [path, `*.${path}`, `*.*.${path}`]),
        censor: '[redacted]',
      },
    }),
  )
}

/** What tells of a fault, and nothing that hangs on it: PostgreSQL's driver attaches the whole connection, its cancel key too. */
export function plainError(cause: unknown): object {
  if (!(cause instanceof Error)) return { message: String(cause) }
  const { code, constraint } = cause as { code?: unknown; constraint?: unknown }
  return {
    type: cause.name,
    message: cause.message,
    stack: cause.stack,
    ...(code === undefined ? {} : { errorCode: String(code) }),
    ...(constraint === undefined ? {} : { constraint: String(constraint) }),
    ...(cause.cause === undefined ? {} : { cause: plainError(cause.cause) }),
  }
}
