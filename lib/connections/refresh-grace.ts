import { env } from '#lib/platform/env'

const MINUTE = 60_000
/** Long enough for a lost answer or two refreshes at once. */
const LONGEST_PUBLIC_MINUTES = 2

/**
 * How long a replaced refresh token stays good, in milliseconds. A public client has no secret, so that a copy of its
 * token is all that a thief needs: there rotation must notice a copy soon (RFC 9700 §2.2.2).
 */
export function refreshGraceMs(confidential: boolean): number {
  const minutes = env().REFRESH_GRACE_MINUTES
  return (confidential ? minutes : Math.min(minutes, LONGEST_PUBLIC_MINUTES)) * MINUTE
}
