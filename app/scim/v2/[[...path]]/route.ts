import { scimFetch } from '#lib/http/scim/fetch'

// The other door to SCIM, for `next dev` and hosts that run Next alone; `server.mjs` answers before Next gets here.
export const dynamic = 'force-dynamic'

export {
  scimFetch as DELETE,
  scimFetch as GET,
  scimFetch as HEAD,
  scimFetch as OPTIONS,
  scimFetch as PATCH,
  scimFetch as POST,
  scimFetch as PUT,
}
