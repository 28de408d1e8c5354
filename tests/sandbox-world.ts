import { mkdtempSync, rmSync } from 'node:fs'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { serve } from '@hono/node-server'
import { expect } from 'vitest'
import { protocolFetch } from '#lib/http/protocol'
import type { App, AppUser, GroupPush, Group as OktaGroup, Person } from '../sandbox/org/state.ts'
import { openSandbox } from '../sandbox/sandbox.ts'
import type { Dialect } from '../sandbox/scim-client/call.ts'
import { sandboxServer } from '../sandbox/server.ts'
import { type ScimClient, scimClient } from './scim-client.ts'

export type AppState = Omit<App, 'pushes'> & { pushes: (GroupPush & { pushStatus: string })[] }

/**
 * The sandbox with its small org against Muster over HTTP: two processes' worth of code, nothing shared. The app is
 * connected with a static token, and all of *To App* is on.
 */
export async function sandboxWorld(dialect: Dialect) {
  const folder = mkdtempSync(join(tmpdir(), 'sandbox-world-'))
  const muster = serve({ fetch: protocolFetch, port: 0, hostname: '127.0.0.1' })
  await new Promise<void>((resolve) => (muster.listening ? resolve() : muster.once('listening', resolve)))
  const client: ScimClient = await scimClient(`Acme ${dialect}`)
  const sandbox = openSandbox({
    statePath: join(folder, 'state.json'),
    origin: 'http://localhost:4400',
    seed: 'small',
    clockSpeed: 10_000,
    timeoutMilliseconds: 60_000,
    pauseMilliseconds: 0,
  })
  const server = sandboxServer(sandbox)

  async function api(method: string, path: string, body?: unknown) {
    const response = await server.request(`/api${path}`, {
      method,
      headers: { host: 'localhost', 'content-type': 'application/json' },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    })
    expect(response.status, await response.clone().text()).toBeLessThan(300)
    return response.json()
  }
  const made: App = await api('POST', '/apps', { dialect })
  await api('PUT', `/apps/${made.id}/integration`, {
    baseUrl: `http://127.0.0.1:${(muster.address() as AddressInfo).port}/scim/v2`,
    mode: 'header',
    headerToken: client.token,
  })
  const features = {
    createUsers: true,
    updateUserAttributes: true,
    deactivateUsers: true,
    syncPassword: true,
  }
  await api('PUT', `/apps/${made.id}/to-app`, features)

  const app = async (): Promise<AppState> => (await api('GET', '/state')).apps[0]
  const settle = () => api('POST', '/wait-idle?milliseconds=60000')
  const inMuster = async (collection: 'Users' | 'Groups', filter: string): Promise<Record<string, any>[]> =>
    (await client.call('GET', `/${collection}?filter=${encodeURIComponent(filter)}`)).json.Resources

  return {
    client,
    app,
    api,
    settle,
    inMuster,
    appId: made.id,
    /** The only group or user of that name in Muster; undefined when there is none. */
    group: async (name: string) => (await inMuster('Groups', `displayName eq "${name}"`))[0],
    user: async (login: string) => (await inMuster('Users', `userName eq "${login}"`))[0],
    okta: {
      async group(name: string): Promise<OktaGroup> {
        const groups: OktaGroup[] = (await api('GET', '/state')).groups
        return groups.find((one) => one.name === name) ?? expect.fail(`no group ${name} in Okta`)
      },
      async person(lastName: string): Promise<Person> {
        const people: Person[] = (await api('GET', '/state')).people
        return (
          people.find((one) => one.profile.lastName === lastName) ?? expect.fail(`no ${lastName} in Okta`)
        )
      },
      async appUser(personId: string): Promise<AppUser> {
        return (await app()).appUsers[personId] ?? expect.fail(`${personId} was never assigned`)
      },
      async push(group: string) {
        const { pushes } = await app()
        const { id } = await this.group(group)
        return pushes.find((one) => one.sourceGroupId === id)
      },
    },
    /** Sends a form of one of the app's pages, and waits until all of its work is done. */
    async submit(path: string, form: Record<string, string | string[]>): Promise<void> {
      const body = new URLSearchParams()
      for (const [name, value] of Object.entries(form))
        for (const one of [value].flat()) body.append(name, one)
      const response = await server.request(`/admin/app/muster/instance/${made.id}/${path}`, {
        method: 'POST',
        headers: {
          host: 'localhost:4400',
          origin: 'http://localhost:4400',
          'content-type': 'application/x-www-form-urlencoded',
        },
        body: body.toString(),
      })
      expect(response.status).toBe(303)
      await settle()
    },
    async close() {
      await sandbox.close()
      await new Promise((resolve) => muster.close(resolve))
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

export type SandboxWorld = Awaited<ReturnType<typeof sandboxWorld>>
