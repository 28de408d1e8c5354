import { oauthRoutes } from './oauth-routes.ts'
import { SCIM_PATH } from './scim/bounds.ts'
import { scimFetch } from './scim/fetch.ts'

/** Answers what Muster answers before Next: SCIM, and what OAuth clients post. */
export async function protocolFetch(request: Request): Promise<Response> {
  const { pathname } = new URL(request.url)
  if (pathname === SCIM_PATH || pathname.startsWith(`${SCIM_PATH}/`)) return scimFetch(request)
  return oauthRoutes.fetch(request)
}
