import { env } from '#lib/platform/env'

/**
 * The answer to a form that another site sent. People see it as well whose Muster has two addresses, or a proxy that
 * changes `Host`: it says what to do then.
 */
export function crossSiteAnswer(): Response {
  const text = `This form was not sent from a page of Muster's at ${env().PUBLIC_URL}, so nothing was done. Open Muster at that address and try again. If you were there, the proxy in front of Muster does not pass Host on as it came.`
  return new Response(text, { status: 403, headers: { 'cache-control': 'no-store' } })
}
