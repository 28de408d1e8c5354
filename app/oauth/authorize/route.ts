export { getAuthorize as GET } from '#lib/http/authorize'

export const dynamic = 'force-dynamic'
