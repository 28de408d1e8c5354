import { singleton } from '#lib/platform/singleton'
import type { Caller } from './authenticate.ts'
import { readAuthorization } from './read-authorization.ts'
import { hashToken } from './token-format.ts'

const KEPT_AT_MOST = 1_000

/** By hash; the one that was asked for longest ago comes first. */
const callers = () => singleton('known-callers', () => new Map<string, Caller>())

/**
 * Whose token this is, from memory: a token never changes hands. Undefined for a token that this process has not met or
 * has seen refused, and for Basic, whose user name may have changed. Whether the token is good still is left open: a
 * `Permit` (lib/db/permit.ts) has to find out before anything is answered.
 */
export function assumeCaller(authorization: string | null): Caller | undefined {
  const credential = authorization ? readAuthorization(authorization) : undefined
  if (!credential || credential.name !== undefined) return undefined
  const hash = hashToken(credential.token)
  const caller = callers().get(hash)
  if (caller) rememberCaller(caller)
  return caller
}

/** Of a token that the full check has just let in. */
export function rememberCaller(caller: Caller): void {
  const known = callers()
  known.delete(caller.tokenHash)
  known.set(caller.tokenHash, caller)
  if (known.size <= KEPT_AT_MOST) return
  for (const oldest of known.keys()) {
    known.delete(oldest)
    break
  }
}

export function forgetCaller(tokenHash: string): void {
  callers().delete(tokenHash)
}
