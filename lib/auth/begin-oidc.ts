import { html } from 'hono/html'
import { env } from '#lib/platform/env'
import { formToken } from './form-token.ts'
import { FRESH_PARAMETERS, freshCookie } from './fresh-proof.ts'
import { handleNextAuth, newTurn } from './next-auth-handler.ts'
import { safeNext } from './safe-next.ts'

/**
 * Sends the browser to the OpenID provider, with PKCE, state and nonce kept in cookies by next-auth. A form with `again`
 * asks for a sign-in of this moment.
 */
export async function beginOidc(request: Request, form: URLSearchParams): Promise<Response> {
  const { csrfToken, cookie } = formToken()
  const turn = newTurn(request)
  const again = form.has('again')
  if (again) turn.setCookies.push(freshCookie(turn.now))
  turn.cookies = { ...turn.cookies, ...cookie }
  const headers = new Headers(request.headers)
  headers.set('content-type', 'application/x-www-form-urlencoded')
  headers.delete('content-length')
  const body = new URLSearchParams({
    csrfToken,
    callbackUrl: env().PUBLIC_URL + safeNext(form.get('next') ?? '/'),
  })
  const answer = await handleNextAuth(
    new Request(`${env().PUBLIC_URL}/api/auth/signin/oidc`, {
      method: 'POST',
      headers,
      body: body.toString(),
    }),
    turn,
    again ? FRESH_PARAMETERS : {},
  )
  return goTo(answer)
}

/**
 * A page that moves on by itself, in place of a redirect: Chromium checks `form-action` along a form's redirects, and a
 * provider may send people on to hosts that nobody here can list.
 */
async function goTo(answer: Response): Promise<Response> {
  const location = answer.headers.get('location') ?? '/sign-in?error=OAuthSignin'
  const headers = new Headers({
    'content-type': 'text/html; charset=utf-8',
    'cache-control': 'no-store',
    'referrer-policy': 'no-referrer',
    'content-security-policy': `default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'`,
  })
  for (const cookie of answer.headers.getSetCookie()) headers.append('set-cookie', cookie)
  const page = await html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta http-equiv="refresh" content="0;url=${location}">
<title>Signing in · Muster</title>
</head>
<body><p><a href="${location}">Continue to ${env().OIDC_NAME}</a></p></body>
</html>`
  return new Response(String(page), { headers })
}
