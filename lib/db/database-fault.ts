/** PostgreSQL was not there to begin with, or ended what it was doing before it was done (SQLSTATE 57P01 … 57P03). */
const UNREACHABLE =
  /ECONNREFUSED|ENOTFOUND|EAI_AGAIN|EHOSTUNREACH|timeout exceeded|connection timeout|57P0|53300|P1001|P1002/
/** It went away in between: what was sent last may have been committed all the same. */
const LOST = /ECONNRESET|EPIPE|ETIMEDOUT|terminat|not queryable|08\d\d\d|P1017/
/** It took too long, by itself or behind a lock, and was rolled back (SQLSTATE 57014, 55P03). */
const TIMED_OUT = /^(57014|55P03) /

/** What kept the database from answering, for people: trying again is right after each, and after `seconds`. */
export type DatabaseFault = { what: string; seconds: number }

const TRY_AGAIN_SECONDS = 5
const fault = (what: string): DatabaseFault => ({ what, seconds: TRY_AGAIN_SECONDS })

/** Undefined: the database is not to blame, or what it was asked is. */
export function databaseFault(cause: unknown): DatabaseFault | undefined {
  const told = toldBy(cause)
  if (TIMED_OUT.test(told))
    return fault(
      'Muster’s database took too long for this, or is busy with another change of the same. Nothing was changed; try again.',
    )
  if (UNREACHABLE.test(told))
    return fault('Muster’s database is not reachable at the moment. Nothing was changed; try again.')
  if (LOST.test(told))
    return fault(
      'The connection to Muster’s database was lost before it said whether this was done. Try again: nothing is done twice.',
    )
  return undefined
}

type Told = { code?: string; message?: string; meta?: { driverAdapterError?: { cause?: Original } } }
type Original = { originalCode?: string; originalMessage?: string }

/** PostgreSQL's own code and words, also where Prisma has wrapped them. */
function toldBy(cause: unknown): string {
  const { code, message, meta } = (cause ?? {}) as Told
  const original = meta?.driverAdapterError?.cause
  return `${original?.originalCode ?? code} ${original?.originalMessage ?? message}`
}
