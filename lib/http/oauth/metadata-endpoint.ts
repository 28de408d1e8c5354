import { authorizationServerMetadata } from '#lib/oauth/metadata'
import { env } from '#lib/platform/env'

/** GET /.well-known/oauth-authorization-server (RFC 8414 §3). */
export function metadataEndpoint(): Response {
  return Response.json(authorizationServerMetadata(env().PUBLIC_URL), {
    headers: { 'cache-control': 'public, max-age=300', 'x-content-type-options': 'nosniff' },
  })
}
