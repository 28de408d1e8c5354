import { randomFillSync } from 'node:crypto'

const pool = new Uint8Array(4096)
let used = pool.length

function randomBytesFromPool(count: number): Uint8Array {
  if (used + count > pool.length) {
    randomFillSync(pool)
    used = 0
  }
  used += count
  return pool.subarray(used - count, used)
}

const HEX = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, '0'))

function format(bytes: Uint8Array): string {
  let text = ''
  for (let i = 0; i < 16; i++) {
    if (i === 4 || i === 6 || i === 8 || i === 10) text += '-'
    text += HEX[bytes[i] as number]
  }
  return text
}

/** A UUIDv7 (RFC 9562 §5.7): sorts by the millisecond it was made in. `at`: milliseconds since 1970. */
export function newId(at: number = Date.now()): string {
  const bytes = randomBytesFromPool(16)
  bytes[0] = at / 2 ** 40
  bytes[1] = at / 2 ** 32
  bytes[2] = at / 2 ** 24
  bytes[3] = at / 2 ** 16
  bytes[4] = at / 2 ** 8
  bytes[5] = at
  bytes[6] = 0x70 | ((bytes[6] as number) & 0x0f)
  bytes[8] = 0x80 | ((bytes[8] as number) & 0x3f)
  return format(bytes)
}

/** The smallest UUIDv7 of a millisecond: a bound for "since" and for partitions. */
export function firstIdAt(at: number): string {
  const hex = Math.max(0, Math.floor(at)).toString(16).padStart(12, '0')
  return `${hex.slice(0, 8)}-${hex.slice(8)}-7000-8000-000000000000`
}

/** The millisecond a UUIDv7 was made in. */
export function timeOfId(id: string): number {
  return Number.parseInt(id.slice(0, 8) + id.slice(9, 13), 16)
}

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i

/** Whether PostgreSQL would accept the text as a uuid column's value in its usual form. */
export function isUuid(text: string): boolean {
  return text.length === 36 && UUID.test(text)
}

/** Stands for "no team" where a row must have one: requests that could not be attributed. */
export const NIL_ID = '00000000-0000-0000-0000-000000000000'
