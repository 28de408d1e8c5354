import { env } from '#lib/platform/env'
import { formToken } from './form-token.ts'
import { handleNextAuth, newTurn } from './next-auth-handler.ts'
import { safeNext } from './safe-next.ts'

/** Sends the browser to the OpenID provider, with PKCE, state and nonce kept in cookies by next-auth. */
export async function beginOidc(request: Request, form: URLSearchParams): Promise<Response> {
  const { csrfToken, cookie } = formToken()
  const turn = newTurn(request)
  turn.cookies = { ...turn.cookies, ...cookie }
  const headers = new Headers(request.headers)
  headers.set('content-type', 'application/x-www-form-urlencoded')
  headers.delete('content-length')
  const body = new URLSearchParams({
    csrfToken,
    callbackUrl: env().PUBLIC_URL + safeNext(form.get('next') ?? '/'),
  })
  return handleNextAuth(
    new Request(`${env().PUBLIC_URL}/api/auth/signin/oidc`, {
      method: 'POST',
      headers,
      body: body.toString(),
    }),
    turn,
    {},
  )
}
