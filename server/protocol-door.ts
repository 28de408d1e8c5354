import { getRequestListener } from '@hono/node-server'
import { protocolFetch } from '#lib/http/protocol'
import { scimListener } from '#lib/http/scim/listener'
import type { Handler } from './doors.ts'

const oauth = getRequestListener(protocolFetch)

/** SCIM and the token endpoints, answered before Next by the same code that its route files export. */
export const protocolHandler: Handler = (request, response) =>
  request.url?.startsWith('/scim/') ? scimListener(request, response) : oauth(request, response)
