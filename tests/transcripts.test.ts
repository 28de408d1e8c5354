import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { getRequestListener } from '@hono/node-server'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { createClient } from '#lib/connections/create-client'
import { prisma } from '#lib/db/prisma-client'
import { protocolFetch } from '#lib/http/protocol'
import { testDatabase } from '#tests/database'
import { scimClient } from '#tests/scim-client'
import { replayStep, type Server } from './transcripts/replay.ts'
import { readTranscripts } from './transcripts/transcript.ts'

// A thousand users are made one after the other.
vi.setConfig({ testTimeout: 120_000 })
await testDatabase()
const http = createServer(getRequestListener(protocolFetch, { overrideGlobalObjects: false }))
beforeAll(() => new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve)))
afterAll(() => new Promise((resolve) => http.close(resolve)))

/** A team of its own for each transcript: a static token, and the client's own credentials. */
async function freshServer(name: string): Promise<Server> {
  const connected = await scimClient(name.slice(0, 60))
  const { id, clientId, clientSecret } = await createClient({
    name: 'Transcript',
    redirectUris: ['https://client.example/callback'],
  })
  await prisma().connection.updateMany({ where: { id: connected.connectionId }, data: { clientId: id } })
  return {
    origin: `http://127.0.0.1:${(http.address() as AddressInfo).port}`,
    variables: new Map(Object.entries({ token: connected.token, clientId, clientSecret })),
  }
}

const transcripts = readTranscripts()

test('each client that has transcripts says where its behaviour is known from', () => {
  expect(new Set(transcripts.map(([name]) => name.split('/')[0]))).toEqual(
    new Set(['entra', 'google', 'jumpcloud', 'okta', 'onelogin']),
  )
  for (const [name, { source }] of transcripts) {
    expect(source.length, name).toBeGreaterThan(0)
    for (const { grade, what, url } of source) {
      expect(['doc', 'obs', 'rep'], name).toContain(grade)
      expect(what, name).not.toBe('')
      expect(url, name).toMatch(/^https:\/\//)
    }
  }
})

describe.each(transcripts)('%s', (name, transcript) => {
  let server: Server
  beforeAll(async () => {
    server = await freshServer(name)
  })
  test.each(transcript.steps.map((step, at) => [`${at + 1}. ${step.note}`, step] as const))(
    '%s',
    async (_, step) => {
      await replayStep(transcript, step, server)
    },
  )
})
