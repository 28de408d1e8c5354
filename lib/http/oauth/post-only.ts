/**
 * The token, revocation and introspection endpoints take POST alone (RFC 6749 §3.2): every other method is told so in
 * the endpoint's own form, with the `Allow` that RFC 9110 §15.5.6 asks for. No CORS: no browser is a client here.
 */
export function postOnly(request: Request): Response {
  const allow = { allow: 'POST', 'cache-control': 'no-store' }
  if (request.method === 'OPTIONS') return new Response(null, { status: 204, headers: allow })
  const body = {
    error: 'invalid_request',
    error_description: `${request.method} is not possible here: send the parameters by POST, in the body.`,
  }
  return Response.json(body, { status: 405, headers: allow })
}
