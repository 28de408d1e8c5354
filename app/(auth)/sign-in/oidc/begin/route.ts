import { beginOidc } from '#lib/auth/begin-oidc'
import { isCrossSite } from '#lib/auth/client-of-request'
import { crossSiteAnswer } from '#lib/http/cross-site'
import { formTooLong, readForm } from '#lib/http/read-form'
import { env } from '#lib/platform/env'

export async function POST(request: Request): Promise<Response> {
  if (isCrossSite(request.headers, env().PUBLIC_URL)) return crossSiteAnswer()
  const form = await readForm(request)
  return form === undefined ? formTooLong() : beginOidc(request, new URLSearchParams(form))
}
