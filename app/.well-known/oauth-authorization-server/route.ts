import { metadataEndpoint } from '#lib/http/oauth/metadata-endpoint'

export const dynamic = 'force-dynamic'

export { metadataEndpoint as GET }
