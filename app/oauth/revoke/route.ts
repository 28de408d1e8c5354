import { revocationEndpoint } from '#lib/http/oauth/revocation-endpoint'

// The other door, for `next dev` and hosts that run Next alone; `server.ts` answers before Next gets here.
export const dynamic = 'force-dynamic'

export { revocationEndpoint as POST }
