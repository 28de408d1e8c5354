import type { AddressInfo } from 'node:net'
import { afterAll, expect, test } from 'vitest'
import { closePool } from '#lib/db/pool'
import { testDatabase } from '#tests/database'
import { createDoors } from './doors.ts'
import { createMetrics, type Metrics } from './metrics.ts'
import { isOperations, operationsHandler, type State } from './operations-door.ts'

await testDatabase()
const state: State = { serving: false, stopping: false }
const metrics: { value?: Metrics; token?: string } = {}
const doors = createDoors(false, { handler: operationsHandler(state, metrics), metrics })
await new Promise<void>((resolve) => doors.server.listen(0, '127.0.0.1', resolve))
const url = `http://127.0.0.1:${(doors.server.address() as AddressInfo).port}`
afterAll(() => doors.server.closeAllConnections())

async function ask(path: string, init?: RequestInit) {
  const response = await fetch(url + path, init)
  return { status: response.status, headers: response.headers, text: await response.text() }
}

test('the process is alive from the first moment, and ready once both doors are open and until it stops', async () => {
  expect(await ask('/healthz')).toMatchObject({ status: 200, text: 'alive' })
  expect((await ask('/readyz')).status).toBe(503)
  state.serving = true
  expect(await ask('/readyz')).toMatchObject({ status: 200, text: 'ready' })
  expect((await ask('/readyz', { method: 'HEAD' })).text).toBe('')
  state.stopping = true
  expect(await ask('/readyz')).toMatchObject({ status: 503, text: 'stopping' })
  expect((await ask('/healthz')).status).toBe(200)
  state.stopping = false
  expect(await ask('/healthz', { method: 'POST' })).toMatchObject({ status: 405 })
})

test('metrics do not exist without METRICS_TOKEN, and are for whoever has it', async () => {
  expect((await ask('/metrics')).status).toBe(404)
  metrics.token = 'a-token-of-sixteen'
  metrics.value = await createMetrics()
  doors.open('protocol', (_request, response) => response.writeHead(404).end())
  await ask('/scim/v2/Users?filter=userName eq "secret@example.com"')
  await ask('/scim/v2/secret/path')
  for (const authorization of ['', 'Bearer wrong', 'Bearer a-token-of-sixteem', 'a-token-of-sixteen'])
    expect((await ask('/metrics', { headers: { authorization } })).status).toBe(401)
  const { status, headers, text } = await ask('/metrics', {
    headers: { authorization: 'Bearer a-token-of-sixteen' },
  })
  expect(status).toBe(200)
  expect(headers.get('content-type')).toContain('text/plain')
  expect(text).toContain(
    'muster_http_request_duration_seconds_count{door="scim",resource="Users",method="GET",status="4xx"} 1',
  )
  expect(text).toContain('resource="other"')
  expect(text).toMatch(/^muster_database_connections \d/m)
  expect(text).toMatch(/^muster_live_pages 0$/m)
  expect(text).not.toContain('secret')
})

test('only these addresses are answered here', () => {
  expect(['/healthz', '/readyz?x=1', '/metrics'].every(isOperations)).toBe(true)
  expect(['/', '/healthz/', '/acme/metrics', '/scim/v2/healthz', '/?/readyz'].some(isOperations)).toBe(false)
})

test('a database that is away makes the process unready, not dead', async () => {
  await closePool()
  process.env.DATABASE_URL = 'postgres://nobody@127.0.0.1:1/none'
  expect(await ask('/readyz')).toMatchObject({ status: 503, text: 'the database is not reachable' })
  expect((await ask('/healthz')).status).toBe(200)
})
