import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { getRequestListener } from '@hono/node-server'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { protocolFetch } from '#lib/http/protocol'
import { testDatabase } from '#tests/database'
import { aClient, Browser } from '#tests/oauth-world'
import { type ScimClient, scimClient } from '#tests/scim-client'
import { addApp } from '../sandbox/org/apps.ts'
import { assign, unassign } from '../sandbox/org/assignments.ts'
import { addGroup, changeGroupMembers, renameGroup } from '../sandbox/org/groups.ts'
import { confirmImported } from '../sandbox/org/imported.ts'
import {
  activatePerson,
  addPerson,
  deactivatePerson,
  editPerson,
  resetPassword,
  suspendPerson,
  unsuspendPerson,
} from '../sandbox/org/people.ts'
import {
  activatePush,
  addPush,
  addRule,
  deactivatePush,
  deleteRule,
  pushNow,
  pushStatus,
  setRuleActive,
  unlinkPush,
} from '../sandbox/org/push-groups.ts'
import { enqueue } from '../sandbox/org/queue.ts'
import type { App, Group, GroupPush, Person } from '../sandbox/org/state.ts'
import { saveIntegration, saveToApp } from '../sandbox/provisioning/api-integration.ts'
import { openSandbox } from '../sandbox/sandbox.ts'

await testDatabase()
const PLAN = readFileSync(join(import.meta.dirname, '../docs/okta-test-plan.md'), 'utf8')
const ROWS = [...PLAN.matchAll(/^\| (C\d+)\s*\| (.+?)\s*\| (.+?)\s*\|$/gm)].map(([, id, title, state]) => ({
  id: id as string,
  title,
  state: state as string,
}))

const server = createServer(getRequestListener(protocolFetch, { overrideGlobalObjects: false }))
const folder = mkdtempSync(join(tmpdir(), 'okta-plan-'))
beforeAll(() => new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve)))
afterAll(async () => {
  await new Promise((resolve) => server.close(resolve))
  rmSync(folder, { recursive: true, force: true })
})

/** Okta's manual test plan for its integration network, played by the sandbox, with the ids of its cases. */
describe.each(['oin', 'aiw'] as const)('Okta’s test plan (%s)', (dialect) => {
  let client: ScimClient
  let sandbox: ReturnType<typeof openSandbox>
  let app: App
  let n = 0

  beforeAll(async () => {
    client = await scimClient(`Plan ${dialect}`)
    sandbox = openSandbox({
      statePath: join(folder, `${dialect}.json`),
      origin: 'http://localhost:4400',
      clockSpeed: 1,
      timeoutMilliseconds: 60_000,
      pauseMilliseconds: 0,
    })
    app = addApp(sandbox.org, { label: 'Muster', name: 'muster', dialect })
    await connect(client.token)
    const features = {
      createUsers: true,
      updateUserAttributes: true,
      deactivateUsers: true,
      syncPassword: true,
    }
    await saveToApp(sandbox.org, app.id, features, sandbox.pace)
  })
  afterAll(() => sandbox.close())
  beforeEach(() => {
    n++
  })

  const baseUrl = () => `http://127.0.0.1:${(server.address() as AddressInfo).port}/scim/v2`
  function connect(headerToken: string, enabled = true) {
    const actions = { ...app.integration.actions, importUsers: true, importGroups: true }
    return saveIntegration(
      sandbox.org,
      app.id,
      enabled,
      { ...app.integration, actions, baseUrl: baseUrl(), mode: 'header', headerToken },
      sandbox.pace,
    )
  }
  /** Waits until Okta is done, and expects that it has nothing to complain of. */
  async function settle(tasks: unknown[] = []) {
    expect(await sandbox.runner.idle(30_000)).toBe(true)
    expect(app.tasks.map((task) => task.message)).toEqual(tasks)
  }
  const person = (name: string, more = {}): Person =>
    addPerson(sandbox.org, {
      login: `${name}.${dialect}${n}@example.com`,
      firstName: name,
      lastName: `Case${n}`,
      ...more,
    })
  const group = (name: string, members: Person[] = []): Group => {
    const made = addGroup(sandbox.org, { name: `${name} ${dialect} ${n}` })
    if (members.length > 0) changeGroupMembers(sandbox.org, made.id, { add: members.map(({ id }) => id) })
    return made
  }
  const push = (of: Group, linkTo?: string): GroupPush =>
    addPush(sandbox.org, app.id, { groupId: of.id, pushMemberships: true, ...(linkTo ? { linkTo } : {}) })
  async function assigned(name: string, more = {}): Promise<{ one: Person; user: any }> {
    const one = person(name, more)
    assign(sandbox.org, app.id, { people: [one.id] })
    await settle()
    return { one, user: await userOf(one) }
  }
  async function found(collection: string, filter: string): Promise<any[]> {
    const path = `/${collection}?filter=${encodeURIComponent(filter)}`
    return (await client.call('GET', path)).json.Resources
  }
  const userOf = async ({ profile }: Person) => (await found('Users', `userName eq "${profile.login}"`))[0]
  const groupOf = async (name: string) => (await found('Groups', `displayName eq "${name}"`))[0]
  const memberIds = async (name: string) =>
    ((await groupOf(name))?.members ?? []).map((m: any) => m.value).sort()
  const idsOf = async (...people: Person[]) =>
    (await Promise.all(people.map(userOf))).map(({ id }) => id).sort()
  const refreshAppGroups = async () => {
    enqueue(sandbox.org, app, { kind: 'app-groups.refresh' })
    await settle()
  }

  test('C9296 C9297 C9298 C9308 C9306 people, groups and the app are set up, and provisioning is enabled', async () => {
    const one = person('Ann')
    const team = group('Team', [one])
    expect(team.members).toEqual([one.id])
    expect(app).toMatchObject({ enabled: true, toApp: { createUsers: true, deactivateUsers: true } })
  })

  test('C9340 C9341 incorrect credentials are refused when saved, the right ones work again', async () => {
    await expect(connect('mst_st_wrong')).rejects.toThrow(/could not be verified.*Unauthorized/s)
    await connect(client.token)
    expect(app.enabled).toBe(true)
  })

  test('C9339 nothing is updated while provisioning is disabled', async () => {
    const { one, user } = await assigned('Bob')
    await connect(client.token, false)
    editPerson(sandbox.org, one.id, { title: 'Unsent' })
    await settle()
    expect(await userOf(one)).toEqual(user)
    await connect(client.token)
  })

  test('C9290 C9336 an assigned person is created, with the values of the Okta profile', async () => {
    const { one, user } = await assigned('Cleo')
    expect(user).toMatchObject({
      userName: one.profile.login,
      name: { givenName: 'Cleo', familyName: `Case${n}` },
      emails: [{ value: one.profile.login, primary: true }],
      externalId: one.id,
      active: true,
    })
  })

  test('C9334 C9345 all mapped attributes arrive', async () => {
    const { user } = await assigned('Dora', {
      email: `dora.work${n}@example.com`,
      displayName: 'Dora the Third',
      title: 'Engineer',
      department: 'Research',
    })
    expect(user).toMatchObject({
      displayName: 'Dora the Third',
      title: 'Engineer',
      emails: [{ value: `dora.work${n}@example.com` }],
      'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User': { department: 'Research' },
    })
  })

  test('C9335 a person who is there already is linked, and nobody is there twice', async () => {
    const one = person('Eve')
    const there = await client.call('POST', '/Users', {
      userName: one.profile.login.toUpperCase(),
      title: 'By hand',
    })
    assign(sandbox.org, app.id, { people: [one.id] })
    await settle()
    expect(await userOf(one)).toMatchObject({ id: there.json.id, name: { givenName: 'Eve' }, active: true })
    expect(app.appUsers[one.id]?.externalId).toBe(there.json.id)
  })

  test('C9307 C9311 the people of an assigned group are created, and deactivated when it is unassigned', async () => {
    const people = [person('Fay'), person('Gus')]
    const team = group('Assigned', people)
    assign(sandbox.org, app.id, { groups: [team.id] })
    await settle()
    for (const one of people) expect(await userOf(one)).toMatchObject({ active: true })
    expect(app.appUsers[people[0]?.id ?? '']?.scope).toBe('GROUP')
    unassign(sandbox.org, app.id, { groups: [team.id] })
    await settle()
    for (const one of people) expect(await userOf(one)).toMatchObject({ active: false })
  })

  test('C9291 C9309 C9310 a changed profile follows', async () => {
    const { one, user } = await assigned('Hal')
    editPerson(sandbox.org, one.id, { firstName: 'Harold', title: 'Lead', department: 'Ops' })
    await settle()
    expect(await userOf(one)).toMatchObject({ id: user.id, name: { givenName: 'Harold' }, title: 'Lead' })
  })

  test('C9337 empty values are no error, and unassign', async () => {
    const { one } = await assigned('Ida', { title: 'Chief', department: 'Board' })
    editPerson(sandbox.org, one.id, { title: '', department: '' })
    await settle()
    const user = await userOf(one)
    expect(user.title).toBeUndefined()
    expect(user['urn:ietf:params:scim:schemas:extension:enterprise:2.0:User']?.department).toBeUndefined()
  })

  test('C9292 C9293 a deactivated person is deactivated, and reactivated with the same id and attributes', async () => {
    const { one, user } = await assigned('Jan', { title: 'Pilot' })
    deactivatePerson(sandbox.org, one.id)
    await settle()
    expect(await userOf(one)).toMatchObject({ id: user.id, active: false })
    activatePerson(sandbox.org, one.id)
    assign(sandbox.org, app.id, { people: [one.id] })
    await settle()
    const { meta: _before, ...before } = user
    expect(await userOf(one)).toMatchObject({ ...before, active: true })
  })

  test('C9294 a removed assignment deactivates', async () => {
    const { one } = await assigned('Kim')
    unassign(sandbox.org, app.id, { people: [one.id] })
    await settle()
    expect(await userOf(one)).toMatchObject({ active: false })
  })

  test('C9295 C9300 a suspended person keeps everything, and so does one who is unsuspended', async () => {
    const { one, user } = await assigned('Lou')
    suspendPerson(sandbox.org, one.id)
    await settle()
    unsuspendPerson(sandbox.org, one.id)
    await settle()
    expect(await userOf(one)).toEqual(user)
  })

  test('C9301 C9302 passwords are synced, and kept nowhere', async () => {
    const { one, user } = await assigned('Max')
    resetPassword(sandbox.org, one.id)
    resetPassword(sandbox.org, one.id)
    await settle()
    const { meta: _later, ...after } = await userOf(one)
    const { meta: _before, ...before } = user
    expect(after).toEqual(before)
  })

  test('C9303 C9304 C9305 C9338 an import reads users and groups, counts the active, and links one', async () => {
    const login = `imported.${dialect}${n}@example.com`
    const made = await client.call('POST', '/Users', {
      userName: login,
      name: { givenName: 'Im', familyName: 'Ported' },
      emails: [{ value: login, primary: true, type: 'work' }],
    })
    await client.call('POST', '/Users', { userName: `off.${dialect}${n}@example.com`, active: false })
    const all = await client.call('GET', '/Users?count=1000')
    const groups = (await client.call('GET', '/Groups?count=0')).json.totalResults
    const active = all.json.Resources.filter((user: any) => user.active).length
    enqueue(sandbox.org, app, { kind: 'import' })
    await settle()
    expect(app.lastImport?.lines[0]).toBe(`${active} users scanned!`)
    expect(app.lastImport?.lines.at(-1)).toBe(`${groups} groups scanned!`)
    confirmImported(sandbox.org, app.id, made.json.id)
    const linked = sandbox.org.state.people.find(({ profile }) => profile.login === login) as Person
    editPerson(sandbox.org, linked.id, { title: 'Linked' })
    await settle()
    expect(await userOf(linked)).toMatchObject({ id: made.json.id, title: 'Linked' })
  })

  test('C9361 one who is deactivated in the app is inactive to the next import', async () => {
    const { user } = await assigned('Ned')
    await client.call('PATCH', `/Users/${user.id}`, {
      schemas: ['urn:ietf:params:scim:api:messages:2.0:PatchOp'],
      Operations: [{ op: 'replace', value: { active: false } }],
    })
    enqueue(sandbox.org, app, { kind: 'import' })
    await settle()
    expect(app.importedUsers[user.id]).toMatchObject({ active: false })
  })

  test('C9312 C9332 C9333 a pushed group is created with its members, who come and go', async () => {
    const [one, two, three] = [await assigned('Ola'), await assigned('Pam'), await assigned('Quy')]
    const team = group('Pushed', [one.one, two.one])
    const pushed = push(team)
    await settle()
    expect(pushStatus(app, pushed)).toBe('Active')
    expect(await memberIds(team.name)).toEqual(await idsOf(one.one, two.one))
    changeGroupMembers(sandbox.org, team.id, { add: [three.one.id] })
    await settle()
    expect(await memberIds(team.name)).toEqual(await idsOf(one.one, two.one, three.one))
    changeGroupMembers(sandbox.org, team.id, { remove: [one.one.id] })
    await settle()
    expect(await memberIds(team.name)).toEqual(await idsOf(two.one, three.one))
  })

  test('C9317 an empty group is pushed', async () => {
    const team = group('Empty')
    push(team)
    await settle()
    expect(await groupOf(team.name)).toMatchObject({ displayName: team.name })
    expect(await memberIds(team.name)).toEqual([])
  })

  test('C9316 Push now overwrites what was changed in the app, for an empty group as well', async () => {
    const [{ one }, { user: stranger }] = [await assigned('Ray'), await assigned('Sue')]
    const [team, empty] = [group('Now', [one]), group('Now empty')]
    const [pushed, pushedEmpty] = [push(team), push(empty)]
    await settle()
    for (const name of [team.name, empty.name])
      await client.call('PATCH', `/Groups/${(await groupOf(name)).id}`, {
        schemas: ['urn:ietf:params:scim:api:messages:2.0:PatchOp'],
        Operations: [{ op: 'add', path: 'members', value: [{ value: stranger.id }] }],
      })
    pushNow(sandbox.org, app.id, pushed.id)
    pushNow(sandbox.org, app.id, pushedEmpty.id)
    await settle()
    expect(await memberIds(team.name)).toEqual(await idsOf(one))
    expect(await memberIds(empty.name)).toEqual([])
  })

  test('C9315 C9313 linking a group renames it in the app while the flag is on', async () => {
    const { one } = await assigned('Tom')
    app.renameAppGroups = true
    const there = await client.call('POST', '/Groups', {
      displayName: `In the app ${dialect} ${n}`,
      members: [],
    })
    await refreshAppGroups()
    const team = group('Linked', [one])
    push(team, there.json.id)
    await settle()
    expect(await groupOf(team.name)).toMatchObject({ id: there.json.id })
    expect(await memberIds(team.name)).toEqual(await idsOf(one))
    expect(await groupOf(there.json.displayName)).toBeUndefined()
    renameGroup(sandbox.org, team.id, { name: `Renamed ${dialect} ${n}` })
    await settle()
    expect(await groupOf(`Renamed ${dialect} ${n}`)).toMatchObject({ id: there.json.id })
  })

  test('C9330 C9314 linking keeps the name in the app while the flag is off', async () => {
    const { one } = await assigned('Uma')
    app.renameAppGroups = false
    const there = await client.call('POST', '/Groups', {
      displayName: `Keeps its name ${dialect} ${n}`,
      members: [],
    })
    await refreshAppGroups()
    const team = group('Other name', [one])
    push(team, there.json.id)
    await settle()
    expect(await groupOf(there.json.displayName)).toMatchObject({ id: there.json.id })
    expect(await memberIds(there.json.displayName)).toEqual(await idsOf(one))
    expect(await groupOf(team.name)).toBeUndefined()
    app.renameAppGroups = true
  })

  test('C9318 C9327 unlinked and deleted groups are gone, their people are not', async () => {
    const { one } = await assigned('Val')
    const teams = [group('Deleted A', [one]), group('Deleted B', [one])]
    const pushes = teams.map((team) => push(team))
    await settle()
    for (const each of pushes) unlinkPush(sandbox.org, app.id, each.id, true)
    await settle()
    for (const team of teams) expect(await groupOf(team.name)).toBeUndefined()
    expect(await userOf(one)).toMatchObject({ active: true, groups: [] })
  })

  test('C9321 C9331 C9322 unlinked and left groups stay as they are, and can be linked again', async () => {
    const [{ one }, { one: later }] = [await assigned('Wes'), await assigned('Xia')]
    const teams = [group('Left A', [one]), group('Left B', [one])]
    const pushes = teams.map((team) => push(team))
    await settle()
    for (const each of pushes) unlinkPush(sandbox.org, app.id, each.id, false)
    await settle()
    for (const team of teams) expect(await memberIds(team.name)).toEqual(await idsOf(one))
    await refreshAppGroups()
    const team = teams[0] as Group
    const { id } = await groupOf(team.name)
    push(team, id)
    changeGroupMembers(sandbox.org, team.id, { add: [later.id] })
    await settle()
    expect(await groupOf(team.name)).toMatchObject({ id })
    expect(await memberIds(team.name)).toEqual(await idsOf(one, later))
  })

  test('C9319 C9320 C9328 C9329 a deactivated push keeps still, an activated one catches up at once', async () => {
    const [{ one }, { one: later }] = [await assigned('Yan'), await assigned('Zoe')]
    const teams = [group('Paused A', [one]), group('Paused B', [one])]
    const pushes = teams.map((team) => push(team))
    await settle()
    for (const each of pushes) deactivatePush(sandbox.org, app.id, each.id)
    for (const team of teams) changeGroupMembers(sandbox.org, team.id, { add: [later.id] })
    await settle()
    for (const team of teams) expect(await memberIds(team.name)).toEqual(await idsOf(one))
    for (const each of pushes) activatePush(sandbox.org, app.id, each.id)
    await settle()
    for (const team of teams) expect(await memberIds(team.name)).toEqual(await idsOf(one, later))
  })

  test('C9323 C9324 C9325 C9326 groups are pushed by rule, until it is deactivated or deleted', async () => {
    const rule = (value: string) =>
      addRule(sandbox.org, app.id, { name: value, operator: 'STARTS_WITH', value, pushMemberships: true })
    const [keep, drop] = [`Keep${dialect}`, `Drop${dialect}`]
    const kept = group(keep)
    const dropped = group(drop)
    const [keeping, dropping] = [rule(keep), rule(drop)]
    await settle()
    expect(await groupOf(kept.name)).toBeDefined()
    expect(await groupOf(dropped.name)).toBeDefined()
    setRuleActive(sandbox.org, app.id, keeping.id, false)
    const unseen = group(`${keep} later`)
    await settle()
    expect(await groupOf(unseen.name)).toBeUndefined()
    deleteRule(sandbox.org, app.id, keeping.id, false)
    deleteRule(sandbox.org, app.id, dropping.id, true)
    await settle()
    expect(await groupOf(kept.name)).toBeDefined()
    expect(await groupOf(dropped.name)).toBeUndefined()
  })
})

test('C21902 a redirect URI that is not registered is never redirected to', async () => {
  const client = await aClient()
  const uri = 'https://ct1-bootstrap.clouditude.com/admin/app/cpc/muster/oauth/callback'
  const response = await new Browser().authorize({
    response_type: 'code',
    client_id: client.clientId,
    redirect_uri: uri,
    state: 's',
  })
  expect(response.status).toBe(400)
  expect(response.headers.get('location')).toBeNull()
  expect(await response.text()).not.toContain(`href="${uri}`)
})

describe('docs/okta-test-plan.md', () => {
  const own = readFileSync(import.meta.filename, 'utf8')
  const tested = new Set(own.match(/\bC\d{4,5}\b/g))

  test('lists each case of the plan once', () => {
    expect(ROWS).toHaveLength(61)
    expect(new Set(ROWS.map(({ id }) => id)).size).toBe(61)
  })
  test.each(ROWS.map((row) => [row.id, row] as const))('%s is tested, or says why not', (id, { state }) => {
    if (state === 'tested') expect(tested).toContain(id)
    else expect(state.length).toBeGreaterThan(20)
  })
})
