import { isCrossSite } from '#lib/auth/client-of-request'
import { signInByPassword } from '#lib/auth/sign-in-by-password'
import { env } from '#lib/platform/env'

export async function POST(request: Request): Promise<Response> {
  if (isCrossSite(request.headers, env().PUBLIC_URL))
    return new Response('This form was sent from another site.', { status: 403 })
  return signInByPassword(request, new URLSearchParams(await request.text()))
}
