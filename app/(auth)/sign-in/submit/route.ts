import { isCrossSite } from '#lib/auth/client-of-request'
import { signInByPassword } from '#lib/auth/sign-in-by-password'
import { formTooLong, readForm } from '#lib/http/read-form'
import { env } from '#lib/platform/env'

export async function POST(request: Request): Promise<Response> {
  if (isCrossSite(request.headers, env().PUBLIC_URL))
    return new Response('This form was sent from another site.', { status: 403 })
  const form = await readForm(request)
  return form === undefined ? formTooLong() : signInByPassword(request, new URLSearchParams(form))
}
