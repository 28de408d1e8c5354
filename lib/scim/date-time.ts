const FORM = /^(\d{4})-(\d\d)-(\d\d)T(\d\d):(\d\d):(\d\d)(\.\d{1,9})?(Z|[+-]\d\d:\d\d)?$/i

/**
 * An xsd:dateTime (RFC 7643 §2.3.5) in the one form Muster stores and compares: UTC, milliseconds, `Z`. Finer
 * fractions are cut off; a value without an offset is taken as UTC. Undefined for what is not a dateTime.
 * In this form chronological order is the order of the text.
 */
export function canonicalDateTime(text: string): string | undefined {
  if (text.length > 40) return undefined
  const parts = FORM.exec(text)
  if (!parts) return undefined
  const [, year, month, day, hour, minute, second, fraction, zone] = parts
  const milliseconds = (fraction ?? '.0').slice(0, 4)
  const local = `${year}-${month}-${day}T${hour}:${minute}:${second}${milliseconds}Z`
  const wall = new Date(local)
  // Date accepts 2024-02-30 as 1 March, and 24:00; what does not come back as written is not a date.
  if (Number.isNaN(wall.getTime()) || wall.toISOString().slice(0, 19) !== local.slice(0, 19)) return undefined
  const instant = new Date(wall.getTime() - offsetMinutes(zone) * 60_000)
  const canonical = instant.toISOString()
  return canonical.length === 24 ? canonical : undefined
}

function offsetMinutes(zone: string | undefined): number {
  if (zone === undefined || zone === 'Z' || zone === 'z') return 0
  const minutes = Number(zone.slice(1, 3)) * 60 + Number(zone.slice(4, 6))
  return zone.startsWith('-') ? -minutes : minutes
}
