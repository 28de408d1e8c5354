/** What kept the database from answering, for people: trying again is right after each, and after `seconds`. */
export type DatabaseFault = { kind: 'slow' | 'unreachable' | 'lost'; what: string; seconds: number }

const TRY_AGAIN_SECONDS = 5
const WORDS = {
  slow: 'Muster’s database took too long for this, or is busy with another change of the same. Nothing was changed; try again.',
  unreachable: 'Muster’s database is not reachable at the moment. Nothing was changed; try again.',
  lost: 'The connection to Muster’s database was lost before it said whether this was done. Try again: nothing is done twice.',
} as const

/** By code: SQLSTATE, Node's, Prisma's. `slow` was rolled back; after `lost`, what was sent last may have been committed. */
const CODES: readonly [RegExp, DatabaseFault['kind']][] = [
  [/^(?:57014|55P03)$/, 'slow'],
  // PostgreSQL was not there to begin with, or ended what it was doing before it was done.
  [/^(?:57P0\d|53300|ECONNREFUSED|ENOTFOUND|EAI_AGAIN|EHOSTUNREACH|P1001|P1002|P2024)$/, 'unreachable'],
  [/^(?:08\d{3}|ECONNRESET|EPIPE|ETIMEDOUT|P1017)$/, 'lost'],
]
/** By words, of what is no answer of PostgreSQL's: its answers may quote anything. */
const MESSAGES: readonly [RegExp, DatabaseFault['kind']][] = [
  [/timeout for this transaction was|Unable to start a transaction in the given time/, 'slow'],
  [
    /ECONNREFUSED|ENOTFOUND|EAI_AGAIN|EHOSTUNREACH|timeout exceeded when trying to connect|connection timeout/,
    'unreachable',
  ],
  [/ECONNRESET|EPIPE|ETIMEDOUT|Connection terminated|terminating connection|not queryable/, 'lost'],
]

/** Undefined: the database is not to blame, or what it was asked is. */
export function databaseFault(cause: unknown): DatabaseFault | undefined {
  const { code, message, isAnswer } = toldBy(cause)
  const kind =
    CODES.find(([pattern]) => pattern.test(code))?.[1] ??
    (isAnswer ? undefined : MESSAGES.find(([pattern]) => pattern.test(message))?.[1])
  return kind && { kind, what: WORDS[kind], seconds: TRY_AGAIN_SECONDS }
}

type Told = {
  code?: unknown
  message?: unknown
  severity?: unknown
  meta?: { driverAdapterError?: { cause?: { originalCode?: string; originalMessage?: string } } }
}

/** PostgreSQL's own code and words, also where Prisma has wrapped them. */
function toldBy(cause: unknown): { code: string; message: string; isAnswer: boolean } {
  const { code, message, severity, meta } = (cause ?? {}) as Told
  const original = meta?.driverAdapterError?.cause
  return {
    code: String(original?.originalCode ?? code),
    message: String(original?.originalMessage ?? message),
    isAnswer: severity !== undefined || original?.originalCode !== undefined,
  }
}
