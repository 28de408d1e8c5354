import { isIPv6 } from 'node:net'

/**
 * The address that a request came from: the last entry of X-Forwarded-For. `server.mjs` leaves only its own there, and
 * any other host's proxy adds its own last. `null` where nobody said.
 */
export function clientAddress(forwardedFor: string | null): string | null {
  if (!forwardedFor?.includes(',')) return forwardedFor?.trim() || null
  return forwardedFor.split(',').at(-1)?.trim() || null
}

/** What one subscriber holds: an IPv4 address, or the /64 of an IPv6 address (RFC 6177), which has 2^64 of them. */
export function networkOf(address: string): string {
  if (!isIPv6(address)) return address
  const [head = '', tail] = (address.split('%')[0] ?? '').split('::')
  const groups = (part: string) => (part ? part.split(':') : [])
  const missing = tail === undefined ? 0 : 8 - groups(head).length - groups(tail).length
  const all = [...groups(head), ...Array<string>(Math.max(0, missing)).fill('0'), ...groups(tail ?? '')]
  return `${all
    .slice(0, 4)
    .map((group) => Number.parseInt(group, 16).toString(16))
    .join(':')}::/64`
}

/**
 * Behind a proxy that is trusted: the last address of X-Forwarded-For, which that proxy added itself; those before it
 * are whatever the caller claimed. Otherwise the socket's own.
 */
export function resolveClientAddress(
  remoteAddress: string | undefined,
  forwardedFor: string | undefined,
  trustProxy: boolean,
): string {
  const forwarded = trustProxy ? forwardedFor?.split(',').at(-1)?.trim() : undefined
  // An IPv4 caller on a dual-stack socket.
  return (forwarded || remoteAddress || '').replace(/^::ffff:(?=\d+\.)/, '')
}
