import { hkdfSync } from 'node:crypto'

/**
 * The installation's secret. Server start reads or makes it and leaves it in the environment (`MUSTER_SECRET`), so that
 * every process and both module graphs have the same one.
 */
export function musterSecret(): string {
  const secret = process.env.MUSTER_SECRET
  if (!secret) throw new Error('MUSTER_SECRET is not set. Start Muster with npm start, which sets it.')
  return secret
}

/** A key of 256 bits for one purpose (RFC 5869), so that no two uses share key material. */
export function derivedKey(purpose: string): Buffer {
  return Buffer.from(hkdfSync('sha256', musterSecret(), '', `muster ${purpose}`, 32))
}
