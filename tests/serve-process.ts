// One of several Muster processes on a database, for the test of what they share: SCIM and live events over HTTP, without
// the pages. Says its address to the process that started it.
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { getRequestListener } from '@hono/node-server'
import { exchangeWriter } from '#lib/activity/exchange-writer'
import { liveEvents } from '#lib/http/live-events'
import { protocolFetch } from '#lib/http/protocol'

const server = createServer(
  getRequestListener((request) => {
    const events = /^\/([a-z0-9-]+)\/events$/.exec(new URL(request.url).pathname)
    return events?.[1] ? liveEvents(request, events[1]) : protocolFetch(request)
  }),
)
server.listen(0, '127.0.0.1', () => {
  process.send?.(`http://127.0.0.1:${(server.address() as AddressInfo).port}`)
})
process.once('disconnect', async () => {
  await exchangeWriter().flush()
  process.exit(0)
})
