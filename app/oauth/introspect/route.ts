export { postIntrospect as POST } from '#lib/http/oauth-routes'
