import { rmSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { getRequestListener, serve } from '@hono/node-server'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { protocolFetch } from '#lib/http/protocol'
import { newId } from '#lib/platform/ids'
import type { OktaOrg } from '#lib/self-test/okta-org'
import { runSuite } from '#lib/self-test/run-suite'
import type { StepResult } from '#lib/self-test/self-test-types'
import { requestSteps, SUITES } from '#lib/self-test/suites'
import { testDatabase } from '#tests/database'
import { type ScimClient, scimClient } from '#tests/scim-client'
import { openSandbox } from '../sandbox/sandbox.ts'
import { sandboxServer } from '../sandbox/server.ts'

await testDatabase()
const muster = createServer(getRequestListener(protocolFetch, { overrideGlobalObjects: false }))
const scimBaseUrl = () => `http://127.0.0.1:${(muster.address() as AddressInfo).port}/scim/v2`
beforeAll(() => new Promise<void>((resolve) => muster.listen(0, '127.0.0.1', resolve)))
afterAll(() => new Promise((resolve) => muster.close(resolve)))

/** The sandbox as the suites' org: a server of its own, driven by Okta's API and by nothing else, over HTTP. */
async function sandboxOrg(dialect: 'oin' | 'aiw', client: ScimClient): Promise<OktaOrg> {
  const statePath = join(tmpdir(), `okta-suites-${newId()}.json`)
  const sandbox = openSandbox({
    statePath,
    origin: 'http://localhost',
    clockSpeed: 1,
    timeoutMilliseconds: 60_000,
    pauseMilliseconds: 0,
  })
  const server = serve({ fetch: sandboxServer(sandbox).fetch, port: 0, hostname: '127.0.0.1' })
  await new Promise<void>((resolve) => (server.listening ? resolve() : server.once('listening', resolve)))
  const url = `http://localhost:${(server.address() as AddressInfo).port}`
  const control = async (method: string, path: string, body?: unknown) => {
    const response = await fetch(`${url}/api${path}`, {
      method,
      headers: { 'content-type': 'application/json' },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    })
    expect(response.status, await response.clone().text()).toBeLessThan(300)
    return response.json()
  }
  const { id: appId } = await control('POST', '/apps', { dialect })
  await control('PUT', `/apps/${appId}/integration`, {
    baseUrl: scimBaseUrl(),
    mode: 'header',
    headerToken: client.token,
  })
  const features = { createUsers: true, updateUserAttributes: true, deactivateUsers: true }
  await control('PUT', `/apps/${appId}/to-app`, features)
  let seen = 0
  return {
    url,
    appId,
    send: fetch,
    async settle() {
      await control('POST', '/wait-idle')
      const log: { id: number; http: any }[] = await control('GET', `/log?kind=http&since=${seen}`)
      seen = log.at(-1)?.id ?? seen
      const { tasks } = (await control('GET', '/state')).apps[0]
      return {
        exchanges: log.map(({ http }) => ({ by: 'okta', ...http })),
        problems: tasks.map((task: { message: string }) => task.message),
      }
    },
    async close() {
      await sandbox.close()
      server.close()
      rmSync(statePath, { force: true })
    },
  }
}

describe.each(SUITES.map((suite) => [suite.title, suite] as const))('Okta’s %s', (_, suite) => {
  let org: OktaOrg | undefined
  const results: StepResult[] = []
  beforeAll(async () => {
    const client = await scimClient(suite.title)
    org = await sandboxOrg(suite.dialect, client)
    await runSuite(suite, { scimBaseUrl: scimBaseUrl(), token: client.token, org }, async (result) => {
      results.push(result)
    })
  })
  afterAll(() => org?.close())

  test.each(requestSteps(suite).map((step, at) => [at + 1, step.note] as const))('step %i: %s', (number) => {
    const { checks, exchanges } = results[number - 1] as StepResult
    expect(checks.length).toBeGreaterThan(0)
    expect(
      checks.filter((check) => !check.passed),
      JSON.stringify(exchanges, null, 1),
    ).toEqual([])
  })
})

test('what the org does at Okta arrives as requests in the dialect of its app', async () => {
  const sent = async (key: string) => {
    const suite = SUITES.find((one) => one.key === key) as (typeof SUITES)[number]
    const client = await scimClient(key)
    const org = await sandboxOrg(suite.dialect, client)
    const methods: string[] = []
    await runSuite(suite, { scimBaseUrl: scimBaseUrl(), token: client.token, org }, async ({ exchanges }) => {
      methods.push(...exchanges.filter(({ by }) => by === 'okta').map(({ method }) => method))
    })
    await org.close()
    return methods
  }
  expect(new Set(await sent('crud-catalog'))).toEqual(new Set(['GET', 'POST', 'PUT', 'PATCH']))
  expect(new Set(await sent('crud-private'))).toEqual(new Set(['GET', 'POST', 'PUT']))
})
