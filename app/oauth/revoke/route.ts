export { postRevoke as POST } from '#lib/http/oauth-routes'
