import { createHash, randomBytes } from 'node:crypto'

const ALPHABET = '0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ'

/** An id of Okta's shape: three letters for the kind (`00u` person, `00g` group, `0oa` app, `gmr` push). */
export function newId(prefix: string): string {
  return prefix + letters(randomBytes(17))
}

/** The same id for the same seed text, for fixtures. */
export function seededId(prefix: string, seed: string): string {
  return prefix + letters(createHash('sha256').update(`${prefix}:${seed}`).digest().subarray(0, 17))
}

function letters(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => ALPHABET.charAt(byte % ALPHABET.length)).join('')
}
