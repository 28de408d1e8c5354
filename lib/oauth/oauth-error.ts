/** RFC 6749 §4.1.2.1 and §5.2, RFC 7009 §2.2.1. */
export type OAuthErrorCode =
  | 'invalid_request'
  | 'invalid_client'
  | 'invalid_grant'
  | 'unauthorized_client'
  | 'unsupported_grant_type'
  | 'unsupported_response_type'
  | 'invalid_scope'
  | 'access_denied'
  | 'server_error'
  | 'temporarily_unavailable'

/** Where an authorization error may be sent: only ever a redirect URI that has been matched. */
export type ErrorRedirect = { redirectUri: string; state: string | undefined }

/**
 * A refusal in OAuth's own words. `description` is public (`error_description`); `detail` is for the operator's log
 * and never leaves the server. `redirect` is set once the client and its redirect URI are known to be good; without
 * it the person sees an error page (RFC 6749 §4.1.2.1).
 */
export class OAuthError extends Error {
  override readonly name = 'OAuthError'
  readonly error: OAuthErrorCode
  readonly description: string
  readonly detail: string | undefined
  readonly redirect: ErrorRedirect | undefined
  readonly retryAfterSeconds: number | undefined

  constructor(
    error: OAuthErrorCode,
    description: string,
    more: { detail?: string; redirect?: ErrorRedirect; retryAfterSeconds?: number } = {},
  ) {
    const clean = toErrorText(description)
    super(`${error}: ${clean}`)
    this.error = error
    this.description = clean
    this.detail = more.detail
    this.redirect = more.redirect
    this.retryAfterSeconds = more.retryAfterSeconds
  }

  /** The HTTP status of the token endpoint's answer (RFC 6749 §5.2). */
  get status(): 400 | 401 | 500 | 503 {
    if (this.error === 'invalid_client') return 401
    if (this.error === 'server_error') return 500
    if (this.error === 'temporarily_unavailable') return 503
    return 400
  }
}

/** `error_description` may hold printable ASCII without `"` and `\` only (RFC 6749 §5.2). */
function toErrorText(text: string): string {
  return text
    .replace(/[“”"‘’]/g, "'")
    .replace(/…/g, '...')
    .replace(/[^\x20-\x21\x23-\x5b\x5d-\x7e]/g, '?')
}
