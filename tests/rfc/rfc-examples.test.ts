import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { getRequestListener } from '@hono/node-server'
import { afterAll, beforeAll, describe, test } from 'vitest'
import { protocolFetch } from '#lib/http/protocol'
import { env } from '#lib/platform/env'
import { testDatabase } from '#tests/database'
import { type ScimClient, scimClient } from '#tests/scim-client'
import { readExamples, runStep } from './example.ts'

await testDatabase()
const server = createServer(getRequestListener(protocolFetch, { overrideGlobalObjects: false }))
let origin: string
beforeAll(async () => {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}/scim/v2`
})
afterAll(() => new Promise((resolve) => server.close(resolve)))

describe.each(readExamples(`${import.meta.dirname}/examples`))('$file', ({ examples }) => {
  let client: ScimClient
  // What the server says of itself carries its public address, wherever it is reached.
  const known = new Map([['base', `${env().PUBLIC_URL}/scim/v2`]])
  beforeAll(async () => {
    client = await scimClient()
  })

  test.each(examples)('$example', async ({ steps }) => {
    const headers = { authorization: `Bearer ${client.token}`, accept: 'application/scim+json' }
    for (const step of steps) await runStep(step, origin, headers, known)
  })
})
