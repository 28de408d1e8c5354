import { getRequestListener } from '@hono/node-server'
import { protocolFetch } from '#lib/http/protocol'
import type { Handler } from './doors.ts'

/** SCIM and the token endpoints, answered before Next. `null`: Next answers them, too. */
export async function protocolHandler(): Promise<Handler | null> {
  return getRequestListener(protocolFetch, { overrideGlobalObjects: false })
}
