import { env } from '#lib/platform/env'

export type Cookies = Readonly<Record<string, string>>

/** The `Cookie` header of a request, by name. */
export function readCookies(header: string | null | undefined): Cookies {
  const cookies: Record<string, string> = {}
  for (const part of (header ?? '').split(';')) {
    const equals = part.indexOf('=')
    if (equals < 1) continue
    const name = part.slice(0, equals).trim()
    if (name in cookies) continue
    const value = part.slice(equals + 1).trim()
    try {
      cookies[name] = decodeURIComponent(value)
    } catch {
      cookies[name] = value
    }
  }
  return cookies
}

export function isHttps(): boolean {
  return env().PUBLIC_URL.startsWith('https://')
}

/** `__Host-` (RFC 6265bis §4.1.3.2) where the site is https: no subdomain and no plain page can plant the cookie. */
function cookieName(name: string): string {
  return isHttps() ? `__Host-${name}` : name
}

export const sessionCookieName = () => cookieName('muster.session')
/** Names a browser that has signed in to an account before; grants nothing but patience. */
export const deviceCookieName = () => cookieName('muster.device')
/** An identity of the OpenID provider that waits for its account's password. */
export const linkCookieName = () => cookieName('muster.link')

/** The provider was asked to have the person sign in again. */
export const freshCookieName = () => cookieName('muster.fresh')

export type CookieSetting = { name: string; value: string; maxAgeSeconds: number }

export function cookieOptions(maxAgeSeconds?: number) {
  return { httpOnly: true, sameSite: 'lax', path: '/', secure: isHttps(), maxAge: maxAgeSeconds } as const
}

/** One `Set-Cookie` header. */
export function setCookieHeader({ name, value, maxAgeSeconds }: CookieSetting): string {
  const secure = isHttps() ? '; Secure' : ''
  return `${name}=${encodeURIComponent(value)}; Path=/; Max-Age=${maxAgeSeconds}; HttpOnly; SameSite=Lax${secure}`
}
