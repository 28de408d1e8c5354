import { type CookieSetting, type Cookies, freshCookieName } from './cookies.ts'
import { isRecentSignIn } from './recent-sign-in.ts'
import { sealUntil, unsealUntil } from './sealed.ts'

const PURPOSE = 'fresh proof'
const MINUTES = 10

/** What asks an OpenID provider for a sign-in that happens now (OpenID Connect Core 1.0 §3.1.2.1). */
export const FRESH_PARAMETERS = { prompt: 'login', max_age: '0' }

/** Remembers, until the provider's answer comes, that it was asked to have the person sign in again. */
export function freshCookie(now: number): CookieSetting {
  const value = sealUntil(PURPOSE, true, now + MINUTES * 60_000)
  return { name: freshCookieName(), value, maxAgeSeconds: MINUTES * 60 }
}

/** Whether the provider was asked for a sign-in of this moment, in this browser. */
export function askedFresh(cookies: Cookies, now: number): boolean {
  return unsealUntil<boolean>(PURPOSE, cookies[freshCookieName()], now) === true
}

/**
 * When a person proved to their provider who they are: `auth_time` says it (seconds since 1970). A provider that does
 * not tell is believed for this moment only when it was asked to have them sign in again; else it may have let them
 * through on a session of any age, and the proof counts as old.
 */
export function authenticatedAt(authTime: number | undefined, asked: boolean, now: number): Date {
  if (authTime === undefined) return new Date(asked ? now : 0)
  return new Date(Math.min(authTime * 1000, now))
}

/** Asked for a sign-in of this moment, the provider answered with an older one. */
export function isStale(authTime: number | undefined, asked: boolean, now: number): boolean {
  return asked && !isRecentSignIn({ reauthenticatedAt: authenticatedAt(authTime, asked, now) }, now)
}
