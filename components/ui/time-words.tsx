const DAY = 86_400_000

/** How far the clock of an open page may lag behind, in milliseconds: what has just happened is not yet to come. */
export const TICK = 15_000

const units = [
  ['day', DAY],
  ['hour', 3_600_000],
  ['minute', 60_000],
] as const

const relative = new Intl.RelativeTimeFormat('en', { numeric: 'auto', style: 'short' })
const date = new Intl.DateTimeFormat('en-GB', {
  day: 'numeric',
  month: 'short',
  year: 'numeric',
  timeZone: 'UTC',
})
const dayOfYear = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short', timeZone: 'UTC' })
const clockTime = new Intl.DateTimeFormat('en-GB', { timeStyle: 'medium', timeZone: 'UTC' })

/** "just now", "2 min ago", "in 9 min", up to 7 days; then the date. What ends in two days less a moment ends in 2 days. */
export function relativeTime(iso: string, now: number): string {
  const elapsed = Date.parse(iso) - now
  const size = Math.abs(elapsed)
  if (size >= 7 * DAY) return date.format(Date.parse(iso))
  for (const [unit, length] of units) {
    const whole = unit === 'day' && elapsed > 0 ? Math.round : Math.trunc
    if (size >= length) return relative.format(whole(elapsed / length), unit).replace('.', '')
  }
  return elapsed > TICK ? 'in a moment' : 'just now'
}

/** "24 Nov 2026, 10:02:16 UTC" */
export function absoluteTime(iso: string): string {
  const at = Date.parse(iso)
  return `${date.format(at)}, ${clockTime.format(at)} UTC`
}

/** "24 Nov 2026, 10:02:16.348 UTC", for the one thing that a page is about. */
export function exactTime(iso: string): string {
  return `${date.format(Date.parse(iso))}, ${clockWords(iso, { milliseconds: true })} UTC`
}

/** "24 Nov 2026" */
export function dateWords(iso: string): string {
  return date.format(Date.parse(iso))
}

/** "24 Nov" */
export function shortDate(iso: string): string {
  return dayOfYear.format(Date.parse(iso))
}

/** "10:02:16.348", for lists where milliseconds tell requests apart. */
export function clockWords(iso: string, { milliseconds = false } = {}): string {
  const at = new Date(iso)
  return milliseconds ? at.toISOString().slice(11, 23) : clockTime.format(at)
}

/** For rows of a log: "10:02:16.348" on the same day (UTC) as `now`, "23 Nov, 10:02:16" before. */
export function logTime(iso: string, now: number): string {
  const at = Date.parse(iso)
  if (Math.floor(at / DAY) === Math.floor(now / DAY)) return clockWords(iso, { milliseconds: true })
  return `${dayOfYear.format(at)}, ${clockTime.format(at)}`
}

/** "84 ms", "1.2 s" */
export function durationWords(milliseconds: number): string {
  if (milliseconds > 0 && milliseconds < 0.5) return '< 1 ms'
  if (milliseconds < 1000) return `${Math.round(milliseconds)} ms`
  return `${(milliseconds / 1000).toFixed(1)} s`
}
