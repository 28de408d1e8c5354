import { env } from '#lib/platform/env'
import { type CookieSetting, setCookieHeader } from './cookies.ts'
import { formToken } from './form-token.ts'
import { handleNextAuth, newTurn } from './next-auth-handler.ts'
import { safeNext } from './safe-next.ts'

/** Carries the right password's proof to the second step. */
const STEP_COOKIE = 'muster.step'
/** The address as it was typed, so that a wrong password does not cost typing it again. */
export const EMAIL_COOKIE = 'muster.email'
const STEP_SECONDS = 300

/**
 * What the sign-in form posts, through next-auth's credentials provider: a redirect to `next`, or back to the form with
 * the reason. The form is ours and same-site (the caller checks), so next-auth's own form token is made here.
 */
export async function signInByPassword(request: Request, form: URLSearchParams): Promise<Response> {
  const next = safeNext(form.get('next') ?? '/')
  const turn = newTurn(request)
  const { csrfToken, cookie } = formToken()
  turn.cookies = { ...turn.cookies, ...cookie }
  const body = new URLSearchParams({
    csrfToken,
    callbackUrl: env().PUBLIC_URL + next,
    email: form.get('email') ?? '',
    password: form.get('password') ?? '',
    code: form.get('code') ?? '',
  })
  const secondStep = form.has('code') ? turn.cookies[STEP_COOKIE] : undefined
  if (secondStep) body.set('secondStep', secondStep)
  const answer = await handleNextAuth(
    new Request(`${env().PUBLIC_URL}/api/auth/callback/credentials`, {
      method: 'POST',
      headers: headersOf(request),
      body: body.toString(),
    }),
    turn,
    {},
  )
  const { failure } = turn
  if (!failure && answer.status < 400) {
    answer.headers.set('location', next)
    for (const name of [STEP_COOKIE, EMAIL_COOKIE])
      answer.headers.append('set-cookie', setCookieHeader({ name, value: '', maxAgeSeconds: 0 }))
    return new Response(null, { status: 303, headers: answer.headers })
  }
  const back = new URLSearchParams({ error: failure?.reason ?? 'credentials', next })
  if (failure?.reason === 'throttled') back.set('wait', String(failure.retryAfterSeconds))
  if (form.has('again')) back.set('again', '1')
  const headers = new Headers({ location: `/sign-in?${back}`, 'cache-control': 'no-store' })
  const email = form.get('email')?.slice(0, 254)
  // Not a password that was typed into the wrong field.
  if (email?.includes('@')) headers.append('set-cookie', setCookieHeader(brief(EMAIL_COOKIE, email)))
  if (failure && 'secondStep' in failure)
    headers.append('set-cookie', setCookieHeader(brief(STEP_COOKIE, failure.secondStep)))
  return new Response(null, { status: 303, headers })
}

function brief(name: string, value: string): CookieSetting {
  return { name, value, maxAgeSeconds: STEP_SECONDS }
}

function headersOf(request: Request): Headers {
  const headers = new Headers(request.headers)
  headers.set('content-type', 'application/x-www-form-urlencoded')
  headers.delete('content-length')
  return headers
}
