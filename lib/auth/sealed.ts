import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto'
import { derivedKey } from './secret.ts'

/** AES-256-GCM under a key for `purpose`: what only Muster may read again, kept in a cookie, a form or a column. */
export function seal(purpose: string, text: string): string {
  const iv = randomBytes(12)
  const cipher = createCipheriv('aes-256-gcm', derivedKey(purpose), iv)
  const body = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()])
  return Buffer.concat([iv, cipher.getAuthTag(), body]).toString('base64url')
}

/** What was sealed; undefined when it was not sealed here for this purpose, or was changed. */
export function unseal(purpose: string, sealed: string): string | undefined {
  try {
    const bytes = Buffer.from(sealed, 'base64url')
    const decipher = createDecipheriv('aes-256-gcm', derivedKey(purpose), bytes.subarray(0, 12))
    decipher.setAuthTag(bytes.subarray(12, 28))
    return Buffer.concat([decipher.update(bytes.subarray(28)), decipher.final()]).toString('utf8')
  } catch {
    return undefined
  }
}

/** `seal` of a JSON value that ends at `expiresAt` (milliseconds since 1970). */
export function sealUntil(purpose: string, value: unknown, expiresAt: number): string {
  return seal(purpose, JSON.stringify({ value, expiresAt }))
}

export function unsealUntil<T>(purpose: string, sealed: string | undefined, now: number): T | undefined {
  const text = sealed ? unseal(purpose, sealed) : undefined
  if (text === undefined) return undefined
  const { value, expiresAt } = JSON.parse(text) as { value: T; expiresAt: number }
  return now < expiresAt ? value : undefined
}
