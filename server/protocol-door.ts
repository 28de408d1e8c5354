import { getRequestListener } from '@hono/node-server'
import { protocolFetch } from '#lib/http/protocol'
import type { Handler } from './doors.ts'

/** SCIM and the token endpoints, answered before Next by the same handlers that its route files export. */
export const protocolHandler: Handler = getRequestListener(protocolFetch)
