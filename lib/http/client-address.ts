/** Carries the caller's address from the server's socket to the handlers; whatever a caller sends under it is removed. */
export const CLIENT_ADDRESS_HEADER = 'x-muster-client-address'

/** The address that a request came from, as `server.ts` saw it; `null` where another host serves these handlers. */
export function clientAddress(headers: { get(name: string): string | null }): string | null {
  return headers.get(CLIENT_ADDRESS_HEADER)
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
