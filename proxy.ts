import { randomBytes } from 'node:crypto'
import { type NextRequest, NextResponse } from 'next/server'

/**
 * A nonce and a content security policy for every page, and the page's own path for sign-in to come back to. No decision
 * about who may see what is made here.
 */
export function proxy(request: NextRequest): NextResponse {
  const nonce = randomBytes(16).toString('base64')
  const { pathname, search } = request.nextUrl
  const headers = new Headers(request.headers)
  const policy = policyFor(nonce, pathname)
  headers.set('x-nonce', nonce)
  headers.set('content-security-policy', policy)
  headers.set('x-muster-path', pathname + search)
  const response = NextResponse.next({ request: { headers } })
  response.headers.set('content-security-policy', policy)
  response.headers.set('x-content-type-options', 'nosniff')
  response.headers.set('x-frame-options', 'DENY')
  response.headers.set(
    'referrer-policy',
    pathname.startsWith('/oauth/') || pathname === '/setup' ? 'no-referrer' : 'same-origin',
  )
  response.headers.set('cross-origin-opener-policy', 'same-origin')
  response.headers.set('permissions-policy', 'camera=(), microphone=(), geolocation=()')
  return response
}

function policyFor(nonce: string, pathname: string): string {
  const dev = process.env.NODE_ENV === 'development' ? " 'unsafe-eval'" : ''
  // The approve form's answer redirects to the client's registered address, which form-action would block as well;
  // which address that is, the decision has checked against the register.
  const forms = pathname.startsWith('/oauth/approve/') ? '' : "form-action 'self'; "
  return `default-src 'self'; script-src 'self' 'nonce-${nonce}' 'strict-dynamic'${dev}; style-src 'self' 'nonce-${nonce}'${dev ? " 'unsafe-inline'" : ''}; img-src 'self' data:; font-src 'self'; connect-src 'self'; object-src 'none'; base-uri 'none'; ${forms}frame-ancestors 'none'`
}

export const config = {
  matcher: [
    {
      source: '/((?!_next/static|_next/image|scim/|icon.svg).*)',
      missing: [{ type: 'header', key: 'next-router-prefetch' }],
    },
  ],
}
