import { mkdtempSync, rmSync } from 'node:fs'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { serve } from '@hono/node-server'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { protocolFetch } from '#lib/http/protocol'
import { openSandbox } from '../sandbox/sandbox.ts'
import { sandboxServer } from '../sandbox/server.ts'
import { testDatabase } from './database.ts'
import { type ScimClient, scimClient } from './scim-client.ts'

await testDatabase()

const folder = mkdtempSync(join(tmpdir(), 'provisions-'))
const muster = serve({ fetch: protocolFetch, port: 0, hostname: '127.0.0.1' })
beforeAll(
  () => new Promise<void>((resolve) => (muster.listening ? resolve() : muster.once('listening', resolve))),
)
afterAll(async () => {
  await new Promise((resolve) => muster.close(resolve))
  rmSync(folder, { recursive: true, force: true })
})

/** The sandbox over its control API, against Muster over HTTP: two processes' worth of code, nothing shared. */
describe.each(['oin', 'aiw'] as const)('a whole org is provisioned by the sandbox (%s)', (dialect) => {
  let client: ScimClient
  let sandbox: ReturnType<typeof openSandbox>
  let appId: string
  let people: { id: string; profile: { login: string; lastName: string } }[]
  let groups: { id: string; name: string; members: string[] }[]

  async function api(method: string, path: string, body?: unknown) {
    const response = await sandboxServer(sandbox).request(`/api${path}`, {
      method,
      headers: { host: 'localhost', 'content-type': 'application/json' },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    })
    expect(response.status, await response.clone().text()).toBeLessThan(300)
    return response.json()
  }
  const settle = () => api('POST', '/wait-idle?milliseconds=60000')
  const app = async () => (await api('GET', '/state')).apps[0]
  const group = (name: string) => groups.find((one) => one.name === name) ?? { id: '', name: '', members: [] }
  const inMuster = async (collection: string, filter: string) =>
    (await client.call('GET', `/${collection}?filter=${encodeURIComponent(filter)}`)).json.Resources

  beforeAll(async () => {
    client = await scimClient(`Acme ${dialect}`)
    sandbox = openSandbox({
      statePath: join(folder, `${dialect}.json`),
      origin: 'http://localhost:4400',
      seed: 'small',
      clockSpeed: 1,
      timeoutMilliseconds: 60_000,
      pauseMilliseconds: 0,
    })
    const state = await api('GET', '/state')
    people = state.people
    groups = state.groups
    appId = (await api('POST', '/apps', { dialect })).id
    await api('PUT', `/apps/${appId}/integration`, {
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
    await api('PUT', `/apps/${appId}/to-app`, features)
  })
  afterAll(() => sandbox.close())

  test('people arrive, and every pushed group becomes Active with its members', async () => {
    await api('POST', `/apps/${appId}/assign`, { groups: groups.map((one) => one.id) })
    for (const one of groups) await api('POST', `/apps/${appId}/push-groups`, { groupId: one.id })
    await settle()
    const { tasks, pushes } = await app()
    expect(tasks).toEqual([])
    const told = pushes.map(
      (push: { pushStatus: string; errorSummary: string }) => push.errorSummary || push.pushStatus,
    )
    expect(told).toEqual(groups.map(() => 'Active'))
    for (const one of groups) {
      const [found] = await inMuster('Groups', `displayName eq "${one.name}"`)
      expect(found.members, one.name).toHaveLength(one.members.length)
    }
  })

  test('a rename, a member removed and one added follow', async () => {
    const ops = group('Ops Admins')
    const added = group('Support').members[0]
    await api('PATCH', `/groups/${ops.id}`, { name: 'Operators', remove: [ops.members[0]], add: [added] })
    await settle()
    const [found] = await inMuster('Groups', 'displayName eq "Operators"')
    const appUsers = (await app()).appUsers
    expect(found.members.map((member: { value: string }) => member.value).sort()).toEqual(
      [...ops.members.slice(1), added].map((id) => appUsers[id ?? ''].externalId).sort(),
    )
    expect(await inMuster('Groups', 'displayName eq "Ops Admins"')).toEqual([])
  })

  test('profile, password, deactivation and reactivation follow, with the same id', async () => {
    const login = people.find((one) => one.profile.lastName === 'Weiss')?.profile.login
    const id = people.find((one) => one.profile.login === login)?.id
    const [before] = await inMuster('Users', `userName eq "${login}"`)
    await api('PATCH', `/people/${id}`, { title: 'Principal Engineer', department: 'Architecture' })
    await api('POST', `/people/${id}/password`)
    await settle()
    await api('POST', `/people/${id}/deactivate`)
    await settle()
    const [off] = await inMuster('Users', `userName eq "${login}"`)
    expect(off).toMatchObject({ id: before.id, active: false, title: 'Principal Engineer' })
    await api('POST', `/people/${id}/activate`)
    await settle()
    const [on] = await inMuster('Users', `userName eq "${login}"`)
    expect(on).toMatchObject({ id: before.id, active: true, title: 'Principal Engineer' })
    expect((await app()).tasks).toEqual([])
  })

  test('a member that Muster does not know does not stop the others', async () => {
    const finance = group('Finance')
    const { pushes } = await app()
    const push = pushes.find((one: { sourceGroupId: string }) => one.sourceGroupId === finance.id)
    await api('PUT', `/apps/${appId}/faults`, { unknownMember: true })
    await api('POST', `/apps/${appId}/push-groups/${push.id}/push-now`)
    await settle()
    const after = (await app()).pushes.find((one: { id: string }) => one.id === push.id)
    expect(after).toMatchObject({ pushStatus: 'Active', errorSummary: '' })
    const [found] = await inMuster('Groups', 'displayName eq "Finance"')
    const known = Object.values<{ externalId: string }>((await app()).appUsers).map((one) => one.externalId)
    const values = found.members.map((member: { value: string }) => member.value)
    expect(values.filter((value: string) => known.includes(value))).toHaveLength(finance.members.length)
  })

  test('an import reads everything back, and unlinking deletes the group', async () => {
    await api('POST', `/apps/${appId}/import`)
    const data = (await app()).pushes.find((one: { targetName: string }) => one.targetName === 'Data')
    await api('POST', `/apps/${appId}/push-groups/${data.id}/unlink`)
    await settle()
    const { lastImport, tasks } = await app()
    expect(lastImport.error).toBe('')
    const inGroups = new Set(groups.flatMap((one) => one.members))
    expect(lastImport.lines[0]).toBe(`${inGroups.size} users scanned!`)
    expect(tasks).toEqual([])
    expect(await inMuster('Groups', 'displayName eq "Data"')).toEqual([])
  })
})
