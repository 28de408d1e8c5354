import { hash, randomBytes } from 'node:crypto'
import { crc32 } from 'node:zlib'

/** What a secret is for, as its prefix says: scanners that find one in a repository can name it. */
const PREFIXES = {
  access: 'mst_at_',
  refresh: 'mst_rt_',
  static: 'mst_st_',
  code: 'mst_ac_',
} as const
export type TokenKind = keyof typeof PREFIXES

const DIGITS = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz'
const TEAM_LENGTH = 22 // 128 bits in base 62
const SECRET_LENGTH = 43 // 256 bits in base 62
const CHECKSUM_LENGTH = 6 // 32 bits in base 62
const TOKEN = new RegExp(
  `^mst_(?:at|rt|st|ac)_[0-9A-Za-z]{${TEAM_LENGTH + SECRET_LENGTH + CHECKSUM_LENGTH}}$`,
)

/** A token's text carries its team, so that the look-up by hash goes to one team's rows (one shard). */
export type ParsedToken = { kind: TokenKind; teamId: string; hash: string }

/** A new secret of 256 random bits for a team, with prefix and checksum. Keep only `hash`; show `text` once. */
export function makeToken(kind: TokenKind, teamId: string): { text: string; hash: string; hint: string } {
  const team = base62(BigInt(`0x${teamId.replaceAll('-', '')}`), TEAM_LENGTH)
  const secret = base62(BigInt(`0x${randomBytes(32).toString('hex')}`), SECRET_LENGTH)
  const payload = PREFIXES[kind] + team + secret
  const text = payload + checksum(payload)
  return { text, hash: hashToken(text), hint: text.slice(-4) }
}

/** Reads a token's text; undefined when it is not one of Muster's (a typo, a cut-off paste), without a look-up. */
export function parseToken(text: string): ParsedToken | undefined {
  if (!TOKEN.test(text)) return undefined
  const payload = text.slice(0, -CHECKSUM_LENGTH)
  if (checksum(payload) !== text.slice(-CHECKSUM_LENGTH)) return undefined
  const prefix = text.slice(0, 7)
  const kind = (Object.keys(PREFIXES) as TokenKind[]).find((each) => PREFIXES[each] === prefix)
  const team = unBase62(text.slice(7, 7 + TEAM_LENGTH))
  if (!kind || team >= 1n << 128n) return undefined
  const hex = team.toString(16).padStart(32, '0')
  const teamId = `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`
  return { kind, teamId, hash: hashToken(text) }
}

/** SHA-256, base64url. A secret of 256 random bits needs no slow hash. */
export function hashToken(text: string): string {
  return hash('sha256', text, 'base64url')
}

function checksum(payload: string): string {
  return base62(BigInt(crc32(payload)), CHECKSUM_LENGTH)
}

function base62(value: bigint, length: number): string {
  let text = ''
  for (let rest = value; rest > 0n; rest /= 62n) text = DIGITS[Number(rest % 62n)] + text
  return text.padStart(length, '0')
}

function unBase62(text: string): bigint {
  let value = 0n
  for (const digit of text) value = value * 62n + BigInt(DIGITS.indexOf(digit))
  return value
}
