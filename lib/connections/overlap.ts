import { DomainError } from '#lib/platform/domain-error'
import { spanInWords } from './words-for-time.ts'

const DAY_MS = 86_400_000
/** How long what is replaced goes on beside what replaces it, when nobody chose. */
export const OVERLAP_MS = 2 * DAY_MS
const LONGEST_OVERLAP_DAYS = 90
const LONGEST_EXPIRY_DAYS = 3650

/** When the replaced one ends: now, or within 90 days. A time that has just passed means now. Throws DomainError. */
export function checkOverlap(endsAt: Date, now: number): Date {
  const at = endsAt.getTime()
  if (Number.isNaN(at) || at < now - DAY_MS || at > now + LONGEST_OVERLAP_DAYS * DAY_MS)
    throw new DomainError(
      'invalid',
      `Choose a time from now to ${LONGEST_OVERLAP_DAYS} days ahead for the end of the old one.`,
      { field: 'othersEndAt' },
    )
  return new Date(Math.max(at, now))
}

/** When a new one ends: undefined for never, else an hour to ten years ahead. Throws DomainError. */
export function checkExpiry(expiresAt: Date | undefined, now: number): void {
  const at = expiresAt?.getTime()
  if (at === undefined) return
  if (Number.isNaN(at) || at < now + 3_600_000 || at > now + LONGEST_EXPIRY_DAYS * DAY_MS)
    throw new DomainError('invalid', 'Choose an end of the new one that is at least an hour ahead.', {
      field: 'expiresAt',
    })
}

/** "now", "in 2 days" */
export function overlapInWords(endsAt: Date, now: number): string {
  return endsAt.getTime() <= now ? 'now' : `in ${spanInWords(endsAt.getTime() - now)}`
}
