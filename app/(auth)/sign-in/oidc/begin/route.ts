import { beginOidc } from '#lib/auth/begin-oidc'
import { isCrossSite } from '#lib/auth/client-of-request'
import { formTooLong, readForm } from '#lib/http/read-form'
import { env } from '#lib/platform/env'

export async function POST(request: Request): Promise<Response> {
  if (isCrossSite(request.headers, env().PUBLIC_URL))
    return new Response('This form was sent from another site.', { status: 403 })
  const form = await readForm(request)
  return form === undefined ? formTooLong() : beginOidc(request, new URLSearchParams(form))
}
