import { readCookies } from './cookies.ts'
import { memberOfCookies } from './session.ts'
import type { SignedIn } from './signed-in.ts'

/** Who sent a request; undefined for nobody. For route handlers, and for tests of them. */
export function memberOfRequest(request: Request, now: number = Date.now()): Promise<SignedIn | undefined> {
  return memberOfCookies(readCookies(request.headers.get('cookie')), now)
}
