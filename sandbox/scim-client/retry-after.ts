export const MAX_ATTEMPTS = 10
const DEFAULT_WAIT_SECONDS = 5 * 60

/**
 * How long Okta waits after a 429: `Retry-After` counts only as whole seconds (a date or a fraction is
 * ignored); without it five minutes, doubled at every further attempt.
 *
 * @param attempt the attempt that has just failed, counted from 1
 */
export function waitSeconds(retryAfter: string | undefined, attempt: number): number {
  const value = retryAfter?.trim()
  if (value !== undefined && /^\d+$/.test(value)) return Number(value)
  return DEFAULT_WAIT_SECONDS * 2 ** (attempt - 1)
}
