import { randomBytes } from 'node:crypto'
import { isHttps, readCookies } from '#lib/auth/cookies'
import { findClient } from '#lib/connections/find-client'
import { saveAuthorizationRequest } from '#lib/connections/save-authorization-request'
import { hashToken } from '#lib/connections/token-format'
import { checkAuthorizationRequest, clientIdOf } from '#lib/oauth/authorization-request'
import { errorRedirect } from '#lib/oauth/authorization-response'
import { OAuthError } from '#lib/oauth/oauth-error'
import { env } from '#lib/platform/env'

const LIFETIME_SECONDS = 3600

/** Ties authorization requests to the browser that brought them. */
export function browserCookieName(): string {
  return isHttps() ? '__Host-muster.browser' : 'muster.browser'
}

/** The hash by which saved requests know this browser; undefined when it brought none. */
export function browserHashOf(cookie: string | undefined): string | undefined {
  return cookie ? hashToken(cookie) : undefined
}

/**
 * GET /oauth/authorize (RFC 6749 §4.1.1). A client or redirect URI that is not registered gets a page and never a
 * redirect; any other fault goes back to the client. A good request is kept here, and the person sees the approve page.
 */
export async function getAuthorize(request: Request): Promise<Response> {
  const query = new URL(request.url).searchParams
  const clientId = clientIdOf(query)
  const client = clientId ? await findClient(clientId) : undefined
  try {
    const parameters = checkAuthorizationRequest(query, client)
    const kept = readCookies(request.headers.get('cookie'))[browserCookieName()]
    const browser = kept && /^[\w-]{43}$/.test(kept) ? kept : randomBytes(32).toString('base64url')
    const saved = await saveAuthorizationRequest({
      clientId: client?.id ?? '',
      parameters,
      browserHash: hashToken(browser),
      now: Date.now(),
    })
    const secure = isHttps() ? '; Secure' : ''
    return redirect(`/oauth/approve/${saved.id}`, {
      'set-cookie': `${browserCookieName()}=${browser}; Path=/; Max-Age=${LIFETIME_SECONDS}; HttpOnly; SameSite=Lax${secure}`,
    })
  } catch (cause) {
    if (!(cause instanceof OAuthError)) throw cause
    if (!cause.redirect) return redirect(`/oauth/refused?reason=${client ? 'redirect' : 'client'}`)
    return redirect(
      errorRedirect(cause.redirect.redirectUri, cause, {
        state: cause.redirect.state,
        issuer: env().PUBLIC_URL,
      }),
    )
  }
}

export function redirect(location: string, headers: Record<string, string> = {}): Response {
  return new Response(null, {
    status: 303,
    headers: { location, 'cache-control': 'no-store', 'referrer-policy': 'no-referrer', ...headers },
  })
}
