import { randomBytes } from 'node:crypto'
import { hash, verify } from '@node-rs/argon2'
import { singleton } from '#lib/platform/singleton'

/** argon2id with 19 MiB, two passes, one lane: OWASP Password Storage Cheat Sheet. (2: Algorithm.Argon2id.) */
const PARAMETERS = { algorithm: 2, memoryCost: 19_456, timeCost: 2, parallelism: 1 }

export function hashPassword(password: string): Promise<string> {
  return hash(password.normalize('NFKC'), PARAMETERS)
}

/**
 * Whether the password belongs to the hash. Without a hash (no such account, or one without a password) it takes as
 * long and answers false, so that timing tells nobody which accounts exist.
 */
export async function verifyPassword(
  passwordHash: string | null | undefined,
  password: string,
): Promise<boolean> {
  const against = passwordHash ?? (await nobodysHash())
  const matches = await verify(against, password.normalize('NFKC')).catch(() => false)
  return passwordHash ? matches : false
}

function nobodysHash(): Promise<string> {
  return singleton('nobodys-hash', () => hashPassword(randomBytes(18).toString('base64url')))
}
