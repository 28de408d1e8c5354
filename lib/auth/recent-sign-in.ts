import { safeNext } from './safe-next.ts'
import type { SignedIn } from './signed-in.ts'

/** Whether the person proved who they are within the last minutes. `now`: milliseconds since 1970. */
export function isRecentSignIn(
  member: Pick<SignedIn, 'reauthenticatedAt'>,
  now: number,
  maxAgeMinutes = 15,
): boolean {
  return now - member.reauthenticatedAt.getTime() <= maxAgeMinutes * 60_000
}

/** The sign-in page, from which the person comes back to `nextPath`. */
export function signInPath(nextPath: string): string {
  return `/sign-in?next=${encodeURIComponent(safeNext(nextPath))}`
}
