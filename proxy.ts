import { type NextRequest, NextResponse } from 'next/server'
import { contentSecurityPolicy, policyOrigin } from '#lib/http/content-security-policy'

const RETURN_COOKIE = 'muster.return'
/** Their addresses name a secret or a request: no other site, and no other page, is told. */
const SECRET_PATH = /^\/(?:oauth|setup|invite|recover)(?:\/|$)/

/** Pages without a script, which bring a narrower policy of their own. */
const OWN_POLICY = new Set(['/oauth/authorize', '/sign-in/oidc/begin'])

/** Nonce, request id and security headers of every page. No decisions about access, no database. */
export function proxy(request: NextRequest): NextResponse {
  const { pathname, search } = request.nextUrl
  const nonce = Buffer.from(crypto.getRandomValues(new Uint8Array(16))).toString('base64')
  const requestId = crypto.randomUUID()
  const https = (process.env.PUBLIC_URL ?? '').startsWith('https://')
  const approving = pathname.startsWith('/oauth/approve/')
  const policy = contentSecurityPolicy({
    nonce,
    development: process.env.NODE_ENV === 'development',
    https,
    formTargets: formTargets(request, approving),
  })
  const headers = new Headers(request.headers)
  headers.set('content-security-policy', policy)
  headers.set('x-nonce', nonce)
  headers.set('x-request-id', requestId)
  headers.set('x-muster-path', pathname + search)
  const response = NextResponse.next({ request: { headers } })
  const answer = response.headers
  if (!OWN_POLICY.has(pathname)) answer.set('content-security-policy', policy)
  answer.set('x-request-id', requestId)
  answer.set('x-content-type-options', 'nosniff')
  answer.set('x-frame-options', 'DENY')
  answer.set('x-robots-tag', 'noindex, nofollow')
  answer.set('referrer-policy', SECRET_PATH.test(pathname) ? 'no-referrer' : 'same-origin')
  answer.set('permissions-policy', 'camera=(), geolocation=(), microphone=(), payment=(), usb=()')
  answer.set('cross-origin-opener-policy', 'same-origin')
  if (approving) answer.set('cache-control', 'no-store')
  if (https) answer.set('strict-transport-security', 'max-age=31536000')
  return response
}

/** Where the approve form ends: at the client. */
function formTargets(request: NextRequest, approving: boolean): string[] {
  const target = approving ? policyOrigin(request.cookies.get(RETURN_COOKIE)?.value) : undefined
  return target ? [target] : []
}

/** All but files and what programs call: an address beside those that nobody has is answered by a page. */
export const config = {
  matcher: [
    '/((?!_next/static/|icon\\.svg$|favicon\\.ico$|scim/v2$|scim/v2/|oauth/(?:token|revoke|introspect)$|\\.well-known/oauth-authorization-server$).*)',
  ],
}
