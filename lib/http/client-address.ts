/**
 * The address that a request came from: the last entry of X-Forwarded-For. `server.ts` leaves only its own there, and
 * any other host's proxy adds its own last. `null` where nobody said.
 */
export function clientAddress(forwardedFor: string | null): string | null {
  if (!forwardedFor?.includes(',')) return forwardedFor?.trim() || null
  return forwardedFor.split(',').at(-1)?.trim() || null
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
