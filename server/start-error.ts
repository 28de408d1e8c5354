import { DataDirectoryInUse } from '#lib/db/data-dir'
import { EnvError } from '#lib/platform/env'

/** What to print for a start that failed: what the operator can mend, in words; for everything else the stack. */
export function startError(error: unknown): string {
  if (error instanceof EnvError || error instanceof DataDirectoryInUse) return error.message
  if (!(error instanceof Error)) return String(error)
  const { code } = error as NodeJS.ErrnoException
  if (error instanceof AggregateError || code === 'ECONNREFUSED' || code === 'ENOTFOUND')
    return `The database cannot be reached: ${error.message || code}. Check DATABASE_URL.`
  // SQLSTATE class 28: refused sign-in; 3D000: no such database.
  if (code === '3D000' || code?.startsWith('28'))
    return `The database refuses: ${error.message}. Check DATABASE_URL.`
  const mendable = error.constructor === Error && !code
  return mendable ? error.message : (error.stack ?? error.message)
}
