const UNITS: [number, string][] = [
  [86_400, 'day'],
  [3_600, 'hour'],
  [60, 'minute'],
  [1, 'second'],
]

/** A span in its largest whole unit, "2 days", "1 hour", and never none: a moment is "1 second". `ms`: milliseconds. */
export function spanInWords(ms: number): string {
  const seconds = Math.max(1, Math.floor(Math.abs(ms) / 1000))
  const [size, unit] = UNITS.find(([length]) => seconds >= length) ?? [1, 'second']
  const count = Math.floor(seconds / size)
  return `${count} ${unit}${count === 1 ? '' : 's'}`
}
