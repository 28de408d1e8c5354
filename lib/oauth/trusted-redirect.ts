import { OKTA_ORIGINS } from './okta-redirect-uris.ts'
import { isLoopback } from './redirect-uri.ts'

/**
 * Whether a fault may be told to a redirect URI before anybody has signed in (RFC 9700 §4.11.2). Whoever administers
 * some team here may register a URI; a link to it that leads on by itself would lend Muster's name to their page. The
 * operator's own clients, Okta and the person's own machine are trusted; all others wait for a sign-in.
 */
export function isTrustedRedirect(redirectUri: string, registeredByTeam: boolean): boolean {
  if (!registeredByTeam) return true
  const url = URL.parse(redirectUri)
  return url !== null && (OKTA_ORIGINS.includes(url.origin) || isLoopback(url))
}
