import { introspectionEndpoint } from '#lib/http/oauth/introspection-endpoint'

// The other door, for `next dev` and hosts that run Next alone; `server.ts` answers before Next gets here.
export const dynamic = 'force-dynamic'

export { introspectionEndpoint as POST }
