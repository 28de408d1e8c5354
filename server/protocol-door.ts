import { getRequestListener } from '@hono/node-server'
import { liveEvents, teamOfEvents } from '#lib/http/live-events'
import { protocolFetch } from '#lib/http/protocol'
import { scimListener } from '#lib/http/scim/listener'
import type { Handler } from './doors.ts'

const oauth = getRequestListener(protocolFetch)

/** Live events; SCIM and the token endpoints, answered before Next by the same code that its route files export. */
export const protocolHandler: Handler = (request, response) => {
  const url = request.url ?? '/'
  if (url.startsWith('/scim/')) return scimListener(request, response)
  return teamOfEvents(url) === undefined ? oauth(request, response) : liveEvents(request, response)
}
