import { clientAddress } from '#lib/http/client-address'

/** Who asks, as far as the network tells: for throttling and for the list of sessions. */
export type RequestOrigin = { ip: string; userAgent: string | null }

/** The address is what Muster's own server saw, or was told by a trusted proxy; where another host runs Next, its word. */
export function requestOrigin(headers: Headers): RequestOrigin {
  const ip = clientAddress(headers.get('x-forwarded-for')) ?? 'unknown'
  return { ip: ip.slice(0, 64), userAgent: headers.get('user-agent')?.slice(0, 300) ?? null }
}

/**
 * Whether a browser says that another site made it send this request (a forged form). Programs that send neither
 * header carry no one's cookies.
 */
export function isCrossSite(headers: Headers, publicUrl: string): boolean {
  const site = headers.get('sec-fetch-site')
  if (site) return site !== 'same-origin' && site !== 'none'
  const origin = headers.get('origin')
  if (!origin) return false
  if (origin === new URL(publicUrl).origin) return false
  try {
    return new URL(origin).host !== headers.get('host')
  } catch {
    return true
  }
}
