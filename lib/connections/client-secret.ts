import { randomInt } from 'node:crypto'
import { crc32 } from 'node:zlib'
import { hashToken } from './token-format.ts'

const PREFIX = 'mst_cs_'
const DIGITS = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz'
const LENGTH = 43 // 256 bits in base 62

/** A new client secret of 256 random bits, with prefix and checksum. Keep only `hash`; show `text` once. */
export function makeClientSecret(): { text: string; hash: string; hint: string } {
  let payload = PREFIX
  for (let i = 0; i < LENGTH; i++) payload += DIGITS[randomInt(DIGITS.length)]
  const text = payload + crc32(payload).toString(36).padStart(7, '0')
  return { text, hash: hashToken(text), hint: text.slice(-4) }
}
