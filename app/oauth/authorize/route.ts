import { authorizeEndpoint } from '#lib/http/oauth/authorize-endpoint'

export const dynamic = 'force-dynamic'

export { authorizeEndpoint as GET }
