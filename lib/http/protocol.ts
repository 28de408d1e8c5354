import { postIntrospect, postRevoke, postToken } from './oauth-routes.ts'
import { SCIM_PATH, scimFetch } from './scim/door.ts'

const OAUTH: Readonly<Record<string, (request: Request) => Promise<Response>>> = {
  '/oauth/token': postToken,
  '/oauth/revoke': postRevoke,
  '/oauth/introspect': postIntrospect,
}

/** Answers what Muster answers before Next: SCIM, and what OAuth clients post. */
export async function protocolFetch(request: Request): Promise<Response> {
  const { pathname } = new URL(request.url)
  if (pathname === SCIM_PATH || pathname.startsWith(`${SCIM_PATH}/`)) return scimFetch(request)
  const endpoint = request.method === 'POST' && Object.hasOwn(OAUTH, pathname) ? OAUTH[pathname] : undefined
  return endpoint ? endpoint(request) : new Response(null, { status: 404 })
}
