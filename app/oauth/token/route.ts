import { postOnly } from '#lib/http/oauth/post-only'
import { tokenEndpoint } from '#lib/http/oauth/token-endpoint'

// The other door, for `next dev` and hosts that run Next alone; `server.mjs` answers before Next gets here.
export const dynamic = 'force-dynamic'

export {
  postOnly as DELETE,
  postOnly as GET,
  postOnly as HEAD,
  postOnly as OPTIONS,
  postOnly as PATCH,
  postOnly as PUT,
  tokenEndpoint as POST,
}
