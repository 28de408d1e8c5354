import type { OAuthError } from './oauth-error.ts'

/**
 * The address that carries a successful answer back (RFC 6749 §4.1.2), with `iss`, so that a client with several
 * servers sees which one answered (RFC 9207, mix-up).
 */
export function codeRedirect(
  redirectUri: string,
  answer: { code: string; state: string | null | undefined; issuer: string },
): string {
  return withParameters(redirectUri, { code: answer.code, state: answer.state, iss: answer.issuer })
}

/** The address that carries an error back (RFC 6749 §4.1.2.1, RFC 9207 §2). */
export function errorRedirect(
  redirectUri: string,
  error: Pick<OAuthError, 'error' | 'description'>,
  answer: { state: string | null | undefined; issuer: string },
): string {
  return withParameters(redirectUri, {
    error: error.error,
    error_description: error.description,
    state: answer.state,
    iss: answer.issuer,
  })
}

/** Appends to the registered URI as it is: its own query is retained (RFC 6749 §3.1.2), no character of it changes. */
function withParameters(uri: string, parameters: Record<string, string | null | undefined>): string {
  const query = new URLSearchParams()
  for (const [name, value] of Object.entries(parameters)) if (value) query.append(name, value)
  const joint = !uri.includes('?') ? '?' : /[?&]$/.test(uri) ? '' : '&'
  return `${uri}${joint}${query}`
}
