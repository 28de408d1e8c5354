import { hash, randomBytes } from 'node:crypto'
import { base32 } from './totp.ts'

const COUNT = 10

/** Codes of 60 random bits, written as `abcd-efgh-ijkl`; each signs in once in place of the app. */
export function newRecoveryCodes(): string[] {
  return Array.from({ length: COUNT }, () => {
    const text = base32(randomBytes(8)).slice(0, 12).toLowerCase()
    return text.replace(/(.{4})(.{4})(.{4})/, '$1-$2-$3')
  })
}

/** How a recovery code is kept. Codes have 60 random bits: a plain hash is enough. */
export function hashRecoveryCode(code: string): string {
  return hash('sha256', code.toLowerCase().replace(/[^a-z0-9]/g, ''), 'base64url')
}
