export { postToken as POST } from '#lib/http/oauth-routes'
