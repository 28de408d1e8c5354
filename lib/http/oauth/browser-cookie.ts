import { createHmac, randomBytes } from 'node:crypto'
import { isHttps, readCookies } from '#lib/auth/cookies'
import { hashToken } from '#lib/connections/token-format'
import { constantTimeEqual } from '#lib/oauth/constant-time-equal'

const SECRET = /^[A-Za-z0-9_-]{43}$/
const MAX_AGE_SECONDS = 3600

/** Names the browser that brought an authorization request; 256 random bits, readable by no script. */
function browserCookieName(): string {
  return isHttps() ? '__Host-muster.oauth' : 'muster.oauth'
}

/** The browser's secret and the hash that is stored; undefined when it has none. */
export type Browser = { secret: string; hash: string }

export function browserOf(cookies: Readonly<Record<string, string | undefined>>): Browser | undefined {
  const secret = cookies[browserCookieName()]
  return secret && SECRET.test(secret) ? { secret, hash: hashToken(secret) } : undefined
}

export function browserOfRequest(request: Request): Browser | undefined {
  return browserOf(readCookies(request.headers.get('cookie')))
}

export function newBrowser(): Browser {
  const secret = randomBytes(32).toString('base64url')
  return { secret, hash: hashToken(secret) }
}

export function browserCookie(browser: Browser): string {
  return `${browserCookieName()}=${browser.secret}; Path=/; Max-Age=${MAX_AGE_SECONDS}; HttpOnly; SameSite=Lax${secure()}`
}

export const RETURN_COOKIE = 'muster.return'

/**
 * The origin that a decision leads back to, for the approve page's CSP alone: Chromium checks `form-action` along a
 * form's redirects, and the proxy, which writes the header, reads no database.
 */
export function returnCookie(requestId: string, redirectUri: string): string {
  const origin = encodeURIComponent(new URL(redirectUri).origin)
  return `${RETURN_COOKIE}=${origin}; Path=/oauth/approve/${requestId}; Max-Age=900; HttpOnly; SameSite=Lax${secure()}`
}

/**
 * What the approve form carries to show that it came from our page: only this browser, this request and this member
 * give it. Another site can neither read nor make it.
 */
export function formProof(browser: Browser, requestId: string, memberId: string): string {
  return createHmac('sha256', browser.secret).update(`${requestId} ${memberId}`).digest('base64url')
}

export function isFormProof(given: string, browser: Browser, requestId: string, memberId: string): boolean {
  return constantTimeEqual(given, formProof(browser, requestId, memberId))
}

function secure(): string {
  return isHttps() ? '; Secure' : ''
}
