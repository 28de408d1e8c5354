import type { AddressInfo } from 'node:net'
import { getRequestListener } from '@hono/node-server'
import { afterAll } from 'vitest'
import { forget } from '#lib/platform/singleton'
import { createDoors } from '#server/doors'
import { protocolHandler } from '#server/protocol-door'
import { oauthFetch, type Transport } from './oauth-world.ts'

/**
 * Serves every endpoint of OAuth, and SCIM, over real HTTP on a port of its own, through the server's own doors, and
 * makes that address the public one. Gives the issuer. Call it at the top of a test file, before the first request.
 */
export async function serveOAuth(): Promise<string> {
  const doors = createDoors(false)
  await new Promise<void>((resolve) => doors.server.listen(0, '127.0.0.1', resolve))
  const issuer = `http://127.0.0.1:${(doors.server.address() as AddressInfo).port}`
  process.env.PUBLIC_URL = issuer
  forget('env')
  doors.open('protocol', protocolHandler)
  doors.open('pages', getRequestListener(oauthFetch))
  afterAll(() => doors.drain(1_000))
  return issuer
}

/** Over the network, as a browser that follows no redirect by itself. */
export const overHttp: Transport = (request) => fetch(request, { redirect: 'manual' })
