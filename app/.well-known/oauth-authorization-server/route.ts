export { getMetadata as GET } from '#lib/http/oauth-routes'
