import { isCrossSite } from '#lib/auth/client-of-request'
import { signInByPassword } from '#lib/auth/sign-in-by-password'
import { crossSiteAnswer } from '#lib/http/cross-site'
import { formTooLong, readForm } from '#lib/http/read-form'
import { env } from '#lib/platform/env'

export async function POST(request: Request): Promise<Response> {
  if (isCrossSite(request.headers, env().PUBLIC_URL)) return crossSiteAnswer()
  const form = await readForm(request)
  return form === undefined ? formTooLong() : signInByPassword(request, new URLSearchParams(form))
}
