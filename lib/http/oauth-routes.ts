import { Hono } from 'hono'
import { introspectionEndpoint } from './oauth/introspection-endpoint.ts'
import { metadataEndpoint } from './oauth/metadata-endpoint.ts'
import { revocationEndpoint } from './oauth/revocation-endpoint.ts'
import { tokenEndpoint } from './oauth/token-endpoint.ts'

/** What OAuth clients call, as opposed to what people see; the same handlers that Next's route files export. */
export const oauthRoutes = new Hono()
  .post('/oauth/token', (c) => tokenEndpoint(c.req.raw))
  .post('/oauth/revoke', (c) => revocationEndpoint(c.req.raw))
  .post('/oauth/introspect', (c) => introspectionEndpoint(c.req.raw))
  .get('/.well-known/oauth-authorization-server', () => metadataEndpoint())
