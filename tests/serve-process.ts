// One of several Muster processes on a database, for the test of what they share: SCIM and live events over HTTP, without
// the pages. Says its address to the process that started it.
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { exchangeWriter } from '#lib/activity/exchange-writer'
import { protocolHandler } from '#server/protocol-door'

const server = createServer(protocolHandler)
server.listen(0, '127.0.0.1', () => {
  process.send?.(`http://127.0.0.1:${(server.address() as AddressInfo).port}`)
})
process.once('disconnect', async () => {
  await exchangeWriter().flush()
  process.exit(0)
})
