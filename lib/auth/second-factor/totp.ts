import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto'

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'
const STEP_SECONDS = 30

/** RFC 4648 §6, without padding, as authenticator apps take it. */
export function base32(bytes: Uint8Array): string {
  let bits = ''
  for (const byte of bytes) bits += byte.toString(2).padStart(8, '0')
  return (bits.match(/.{1,5}/g) ?? [])
    .map((five) => ALPHABET[Number.parseInt(five.padEnd(5, '0'), 2)])
    .join('')
}

function fromBase32(text: string): Buffer {
  let bits = ''
  for (const letter of text.replace(/[\s=-]/g, '').toUpperCase())
    bits += ALPHABET.indexOf(letter).toString(2).padStart(5, '0')
  return Buffer.from((bits.match(/.{8}/g) ?? []).map((eight) => Number.parseInt(eight, 2)))
}

/** 160 random bits (RFC 4226 §4 R6), base32. */
export function newTotpSecret(): string {
  return base32(randomBytes(20))
}

/** The step of 30 seconds that a moment (milliseconds since 1970) falls into. */
export function totpStep(now: number): number {
  return Math.floor(now / 1000 / STEP_SECONDS)
}

/** RFC 6238 with SHA-1 and six digits: what every authenticator app does. */
export function totpCode(secret: string, step: number): string {
  const counter = Buffer.alloc(8)
  counter.writeBigUInt64BE(BigInt(step))
  const mac = createHmac('sha1', fromBase32(secret)).update(counter).digest()
  const offset = (mac[19] as number) & 0x0f
  const number = (mac.readUInt32BE(offset) & 0x7fffffff) % 1_000_000
  return String(number).padStart(6, '0')
}

/**
 * The step that a code belongs to, within one step of now for clocks that drift; undefined for a wrong code, and for one
 * of a step up to `lastStep`, since a code counts once (RFC 6238 §5.2).
 */
export function matchTotp(
  secret: string,
  code: string,
  now: number,
  lastStep: number | null,
): number | undefined {
  const typed = code.replace(/\s/g, '')
  if (!/^\d{6}$/.test(typed)) return undefined
  const current = totpStep(now)
  for (const step of [current, current - 1, current + 1]) {
    const same = timingSafeEqual(Buffer.from(totpCode(secret, step)), Buffer.from(typed))
    if (same && (lastStep === null || step > lastStep)) return step
  }
  return undefined
}

/** What a QR code or a link carries to an authenticator app. */
export function totpUri(secret: string, email: string): string {
  const label = `Muster:${email}`.split(':').map(encodeURIComponent).join(':')
  return `otpauth://totp/${label}?secret=${secret}&issuer=Muster&algorithm=SHA1&digits=6&period=${STEP_SECONDS}`
}
