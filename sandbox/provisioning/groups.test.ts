import { afterEach, beforeEach, expect, test } from 'vitest'
import { unassign } from '../org/assignments.ts'
import { changeGroupMembers, renameGroup } from '../org/groups.ts'
import {
  activatePush,
  addPush,
  addRule,
  deactivatePush,
  pushNow,
  pushStatus,
  retryAllPushes,
  unlinkPush,
} from '../org/push-groups.ts'
import type { App } from '../org/state.ts'
import type { Dialect } from '../scim-client/call.ts'
import { assigned, connectedApp, group, openTestSandbox, person } from '../testing/open-test-sandbox.ts'

let sandbox: Awaited<ReturnType<typeof openTestSandbox>>
beforeEach(async () => {
  sandbox = await openTestSandbox()
})
afterEach(() => sandbox.stop())

/** Two provisioned people and one who is not assigned, all in the group Ops. */
async function ops(dialect: Dialect) {
  const app = await connectedApp(sandbox, dialect)
  const ada = person(sandbox, 'Ada')
  const bob = person(sandbox, 'Bob')
  const eve = person(sandbox, 'Eve')
  await assigned(sandbox, app, ada, bob)
  return { app, ada, bob, eve, source: group(sandbox, 'Ops', [ada, bob, eve]) }
}

async function pushed(app: App, groupId: string) {
  const push = addPush(sandbox.org, app.id, { groupId, pushMemberships: true })
  expect(pushStatus(app, push)).toBe('Pushing')
  await sandbox.settle()
  return push
}

const members = [
  { value: 'u1', display: 'Ada@okta.local' },
  { value: 'u2', display: 'Bob@okta.local' },
]
const schemas = ['urn:ietf:params:scim:api:messages:2.0:PatchOp']
const find = 'GET /Groups?filter=displayName eq "Ops"&startIndex=1&count=100'
const name = { schemas, Operations: [{ op: 'replace', value: { id: 'g3', displayName: 'Ops' } }] }

test('a catalog app pushes: find, POST empty, GET, PATCH name, PATCH members that are provisioned', async () => {
  const { app, source } = await ops('oin')
  const push = await pushed(app, source.id)
  const bodies = sandbox.fake.received.map((request) => request.body)
  expect(bodies.slice(1)).toEqual([
    { schemas: ['urn:ietf:params:scim:schemas:core:2.0:Group'], displayName: 'Ops', members: [] },
    undefined,
    name,
    { schemas, Operations: [{ op: 'add', path: 'members', value: members }] },
  ])
  expect(sandbox.fake.takeLines()).toEqual([
    find,
    'POST /Groups',
    'GET /Groups/g3',
    'PATCH /Groups/g3',
    'PATCH /Groups/g3',
  ])
  expect(pushStatus(app, push)).toBe('Active')
  const events = sandbox.org.state.log.map((entry) => entry.type)
  expect(events).toContain('application.provision.group.add')
  expect(events).toContain('app.user_management.grouppush.mapping.okta.users.ignored')
})

test('a private app pushes: find, POST empty, GET, PUT of the whole group', async () => {
  const { app, source } = await ops('aiw')
  await pushed(app, source.id)
  expect(sandbox.fake.received.at(-1)?.body).toEqual({
    schemas: ['urn:ietf:params:scim:schemas:core:2.0:Group'],
    id: 'g3',
    displayName: 'Ops',
    members,
  })
  expect(sandbox.fake.takeLines()).toEqual([find, 'POST /Groups', 'GET /Groups/g3', 'PUT /Groups/g3'])
})

test('a change of members goes out as name and differences, removals first', async () => {
  const { app, source, ada, bob } = await ops('oin')
  changeGroupMembers(sandbox.org, source.id, { remove: [bob.id] })
  await pushed(app, source.id)
  sandbox.fake.received.length = 0
  changeGroupMembers(sandbox.org, source.id, { add: [bob.id], remove: [ada.id] })
  await sandbox.settle()
  expect(sandbox.fake.received.map((request) => request.body)).toEqual([
    name,
    {
      schemas,
      Operations: [
        { op: 'remove', path: 'members[value eq "u1"]' },
        { op: 'add', path: 'members', value: [members[1]] },
      ],
    },
  ])
})

test('a private app sends the whole group for a change of members and for a new name', async () => {
  const { app, source, bob } = await ops('aiw')
  await pushed(app, source.id)
  sandbox.fake.received.length = 0
  changeGroupMembers(sandbox.org, source.id, { remove: [bob.id] })
  renameGroup(sandbox.org, source.id, { name: 'Operations' })
  await sandbox.settle()
  expect(sandbox.fake.takeLines()).toEqual([
    'GET /Groups/g3',
    'PUT /Groups/g3',
    'GET /Groups/g3',
    'PUT /Groups/g3',
  ])
  expect(sandbox.fake.groups.get('g3')).toMatchObject({ displayName: 'Operations', members: [members[0]] })
})

test('a rename in Okta renames the pushed group', async () => {
  const { app, source } = await ops('oin')
  const push = await pushed(app, source.id)
  sandbox.fake.received.length = 0
  renameGroup(sandbox.org, source.id, { name: 'Operations' })
  await sandbox.settle()
  expect(sandbox.fake.received.map((request) => request.body)).toEqual([
    { schemas, Operations: [{ op: 'replace', value: { id: 'g3', displayName: 'Operations' } }] },
  ])
  expect(push.targetName).toBe('Operations')
})

test('Push now overwrites the membership, and an empty group is sent as an empty list', async () => {
  const { app, source, ada, bob } = await ops('oin')
  const push = await pushed(app, source.id)
  unassign(sandbox.org, app.id, { people: [ada.id, bob.id] })
  await sandbox.settle()
  sandbox.fake.received.length = 0
  pushNow(sandbox.org, app.id, push.id)
  await sandbox.settle()
  expect(sandbox.fake.received.at(-1)?.body).toEqual({
    schemas,
    Operations: [{ op: 'replace', path: 'members', value: [] }],
  })
})

test('large memberships are cut into PATCHes of the agreed size', async () => {
  const app = await connectedApp(sandbox, 'oin')
  app.chunkSize = 100
  const people = Array.from({ length: 250 }, (_, i) => person(sandbox, `p${i}`))
  await assigned(sandbox, app, ...people)
  await pushed(app, group(sandbox, 'Everyone', people).id)
  const sizes = sandbox.fake.received.flatMap(({ body }) => {
    const [operation] = (body as { Operations?: { path?: string; value: unknown[] }[] })?.Operations ?? []
    return operation?.path === 'members' ? [operation.value.length] : []
  })
  expect(sizes).toEqual([100, 100, 50])
})

test('an inactive push sends nothing until it is activated, and then pushes at once', async () => {
  const { app, source, bob } = await ops('oin')
  const push = await pushed(app, source.id)
  deactivatePush(sandbox.org, app.id, push.id)
  sandbox.fake.received.length = 0
  changeGroupMembers(sandbox.org, source.id, { remove: [bob.id] })
  await sandbox.settle()
  expect(sandbox.fake.received).toEqual([])
  expect(pushStatus(app, push)).toBe('Inactive')
  activatePush(sandbox.org, app.id, push.id)
  await sandbox.settle()
  expect(sandbox.fake.groups.get('g3')).toMatchObject({ members: [members[0]] })
  expect(pushStatus(app, push)).toBe('Active')
})

test('a push without immediate memberships waits as Inactive', async () => {
  const { app, source } = await ops('oin')
  const push = addPush(sandbox.org, app.id, { groupId: source.id, pushMemberships: false })
  await sandbox.settle()
  expect(sandbox.fake.received).toEqual([])
  expect(pushStatus(app, push)).toBe('Inactive')
})

test('unlinking deletes the group in the app, or leaves it', async () => {
  const { app, source } = await ops('oin')
  const first = await pushed(app, source.id)
  unlinkPush(sandbox.org, app.id, first.id, false)
  await sandbox.settle()
  expect(sandbox.fake.groups.has('g3')).toBe(true)
  sandbox.fake.received.length = 0
  const second = await pushed(app, source.id)
  expect(sandbox.fake.takeLines()[1]).toBe('GET /Groups/g3')
  unlinkPush(sandbox.org, app.id, second.id, true)
  await sandbox.settle()
  expect(sandbox.fake.takeLines()).toEqual(['DELETE /Groups/g3'])
  expect(app.pushes).toEqual([])
})

test('a failed push shows its cause in the words of Okta, and Retry All Groups heals it', async () => {
  const { app, source } = await ops('oin')
  sandbox.fake.answers.push(({ body }) =>
    JSON.stringify(body ?? '').includes('"add"')
      ? { status: 501, body: { detail: 'not supported' } }
      : undefined,
  )
  const push = await pushed(app, source.id)
  expect(pushStatus(app, push)).toBe('Error')
  expect(push.errorSummary).toBe(
    'Unable to update Group Push mapping target App group Ops: Error while updating user group membership for group Ops Not Implemented. Errors reported by remote server: not supported',
  )
  expect(retryAllPushes(sandbox.org, app.id)).toBe(1)
  await sandbox.settle()
  expect(pushStatus(app, push)).toBe('Active')
  expect(sandbox.fake.groups.get('g3')).toMatchObject({ members })
})

test.each(['oin', 'aiw'] as const)(
  'linking keeps who was in the group, and Push now does not (%s)',
  async (dialect) => {
    const { app, source } = await ops(dialect)
    const before = { value: 'before', display: 'before@app' }
    const target = sandbox.fake.addGroup({ displayName: 'ops-team', members: [before] })
    app.appGroups = [{ id: target.id, displayName: 'ops-team' }]
    const push = addPush(sandbox.org, app.id, {
      groupId: source.id,
      pushMemberships: true,
      linkTo: target.id,
    })
    await sandbox.settle()
    const now = () => sandbox.fake.groups.get(target.id)
    expect(now()).toMatchObject({ displayName: 'Ops', members: [before, ...members] })
    pushNow(sandbox.org, app.id, push.id)
    await sandbox.settle()
    expect(now()).toMatchObject({ members })
  },
)

test('a push that overtakes its group fails, and Retry All Groups heals it', async () => {
  const { app, source } = await ops('oin')
  app.faults.unknownGroup = true
  const push = await pushed(app, source.id)
  expect(pushStatus(app, push)).toBe('Error')
  expect(push.errorSummary).toContain('Error while retrieving user group Ops: Not Found')
  retryAllPushes(sandbox.org, app.id)
  await sandbox.settle()
  expect(sandbox.fake.groups.get('g3')).toMatchObject({ members })
})

test('a linked group keeps its name unless app groups are renamed', async () => {
  const { app, source } = await ops('oin')
  const target = sandbox.fake.addGroup({ displayName: 'ops-team', members: [] })
  app.appGroups = [{ id: target.id, displayName: 'ops-team' }]
  app.renameAppGroups = false
  addPush(sandbox.org, app.id, { groupId: source.id, pushMemberships: true, linkTo: target.id })
  await sandbox.settle()
  expect(sandbox.fake.groups.get(target.id)).toMatchObject({ displayName: 'ops-team', members })
  expect(sandbox.fake.received.some((request) => request.method === 'POST')).toBe(false)
})

test('a rule pushes the groups that fit it, those made later included', async () => {
  const app = await connectedApp(sandbox, 'oin')
  group(sandbox, 'app-one')
  addRule(sandbox.org, app.id, { name: '', operator: 'STARTS_WITH', value: 'APP-', pushMemberships: true })
  group(sandbox, 'other')
  group(sandbox, 'app-two')
  await sandbox.settle()
  expect([...sandbox.fake.groups.values()].map((one) => one.displayName)).toEqual(['app-one', 'app-two'])
})
