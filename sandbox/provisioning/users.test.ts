import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { retryTasks } from '../org/apps.ts'
import { assign, forceSync, needsProvisioning, provisionUsers, unassign } from '../org/assignments.ts'
import { activatePerson, deactivatePerson, editPerson, resetPassword, suspendPerson } from '../org/people.ts'
import { assigned, connectedApp, openTestSandbox, person } from '../testing/open-test-sandbox.ts'
import { saveIntegration, saveToApp } from './api-integration.ts'

let sandbox: Awaited<ReturnType<typeof openTestSandbox>>
beforeEach(async () => {
  sandbox = await openTestSandbox()
})
afterEach(() => sandbox.stop())

describe.each(['oin', 'aiw'] as const)('in both dialects (%s)', (dialect) => {
  test('an assigned user is looked up, then created, with exactly the headers and body of Okta', async () => {
    const app = await connectedApp(sandbox, dialect)
    const test = person(sandbox, 'Test')
    assign(sandbox.org, app.id, { people: [test.id] })
    await sandbox.settle()

    const [find, create] = sandbox.fake.received
    expect(find).toMatchObject({
      method: 'GET',
      path: '/Users?filter=userName%20eq%20%22Test%40okta.local%22&startIndex=1&count=100',
    })
    const wanted = ['User-Agent', 'Accept', 'Accept-Charset', 'Accept-Encoding']
    const sent = find?.rawHeaders.filter(([name]) => name !== 'Host' && name !== 'Connection')
    expect(sent).toEqual([
      ['User-Agent', 'Okta SCIM Client 1.0.0'],
      ['Accept', 'application/scim+json'],
      ['Accept-Charset', 'utf-8'],
      ['Accept-Encoding', 'gzip,deflate'],
      ['Authorization', 'Bearer access-1'],
    ])
    expect(create?.rawHeaders.map(([name]) => name)).toEqual(
      expect.arrayContaining([...wanted, 'Content-Type', 'Authorization', 'Content-Length']),
    )
    expect(create?.rawHeaders).toContainEqual(['Content-Type', 'application/scim+json; charset=utf-8'])
    expect(create).toMatchObject({ method: 'POST', path: '/Users' })
    expect(create?.body).toEqual({
      schemas: ['urn:ietf:params:scim:schemas:core:2.0:User'],
      userName: 'Test@okta.local',
      name: { givenName: 'Test', familyName: 'User' },
      emails: [{ primary: true, value: 'Test@okta.local', type: 'work' }],
      displayName: 'Test User',
      locale: 'en-US',
      externalId: test.id,
      groups: [],
      password: expect.stringMatching(/^\w{8}$/),
      active: true,
    })
    expect(sandbox.fake.received).toHaveLength(2)
    expect(app.appUsers[test.id]).toMatchObject({ status: 'PROVISIONED', externalId: 'u1' })
  })

  test('a user who exists is linked with PUT and never posted', async () => {
    const app = await connectedApp(sandbox, dialect)
    const test = person(sandbox, 'Test')
    const there = sandbox.fake.addUser({ userName: 'test@OKTA.local', nickName: 'kept', active: true })
    assign(sandbox.org, app.id, { people: [test.id] })
    await sandbox.settle()
    expect(sandbox.fake.takeLines().slice(1)).toEqual([`PUT /Users/${there.id}`])
    expect(sandbox.fake.users.get(there.id)).toMatchObject({ nickName: 'kept', userName: 'Test@okta.local' })
    expect(app.appUsers[test.id]?.externalId).toBe(there.id)
  })

  test('a profile change is GET, then PUT of what came back with the mapped attributes changed', async () => {
    const app = await connectedApp(sandbox, dialect)
    const test = person(sandbox, 'Test')
    await assigned(sandbox, app, test)
    Object.assign(sandbox.fake.users.get('u1') ?? {}, { meta: { resourceType: 'User' }, nickName: 'kept' })
    editPerson(sandbox.org, test.id, { lastName: 'Renamed', department: 'Platform' })
    await sandbox.settle()
    expect(sandbox.fake.received[1]?.body).toMatchObject({
      id: 'u1',
      nickName: 'kept',
      meta: { resourceType: 'User' },
      name: { givenName: 'Test', familyName: 'Renamed' },
      'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User': { department: 'Platform' },
      active: true,
    })
    expect(sandbox.fake.takeLines()).toEqual(['GET /Users/u1', 'PUT /Users/u1'])
  })

  test('suspending sends nothing', async () => {
    const app = await connectedApp(sandbox, dialect)
    const test = person(sandbox, 'Test')
    await assigned(sandbox, app, test)
    suspendPerson(sandbox.org, test.id)
    await sandbox.settle()
    expect(sandbox.fake.received).toEqual([])
  })
})

test('a catalog app deactivates and reactivates with a path-less PATCH', async () => {
  const app = await connectedApp(sandbox, 'oin')
  const test = person(sandbox, 'Test')
  await assigned(sandbox, app, test)
  unassign(sandbox.org, app.id, { people: [test.id] })
  await sandbox.settle()
  expect(sandbox.fake.received.map((request) => request.body)).toEqual([
    {
      schemas: ['urn:ietf:params:scim:api:messages:2.0:PatchOp'],
      Operations: [{ op: 'replace', value: { active: false } }],
    },
  ])
  expect(sandbox.fake.takeLines()).toEqual(['PATCH /Users/u1'])
  expect(app.appUsers[test.id]?.status).toBe('DEPROVISIONED')

  assign(sandbox.org, app.id, { people: [test.id] })
  await sandbox.settle()
  expect(sandbox.fake.takeLines().slice(1)).toEqual(['PATCH /Users/u1', 'GET /Users/u1', 'PUT /Users/u1'])
  expect(sandbox.fake.users.get('u1')).toMatchObject({ active: true })
})

test('a private app deactivates and reactivates with GET and PUT', async () => {
  const app = await connectedApp(sandbox, 'aiw')
  const test = person(sandbox, 'Test')
  await assigned(sandbox, app, test)
  deactivatePerson(sandbox.org, test.id)
  await sandbox.settle()
  expect(sandbox.fake.received[1]?.body).toMatchObject({ id: 'u1', active: false, displayName: 'Test User' })
  expect(sandbox.fake.takeLines()).toEqual(['GET /Users/u1', 'PUT /Users/u1'])

  activatePerson(sandbox.org, test.id)
  assign(sandbox.org, app.id, { people: [test.id] })
  await sandbox.settle()
  expect(sandbox.fake.takeLines().slice(1)).toEqual(['PUT /Users/u1'])
  expect(sandbox.fake.users.get('u1')).toMatchObject({ active: true })
})

test('a synced password is random and never reaches the log', async () => {
  const app = await connectedApp(sandbox, 'oin')
  app.toApp.syncPassword = true
  const test = person(sandbox, 'Test')
  await assigned(sandbox, app, test)
  resetPassword(sandbox.org, test.id)
  await sandbox.settle()
  const body = sandbox.fake.received[0]?.body as { Operations: { value: { password: string } }[] }
  const password = body.Operations[0]?.value.password ?? ''
  expect(password).toMatch(/^\w{16}$/)
  const log = JSON.stringify(sandbox.org.state)
  expect(log).not.toContain(password)
  expect(log).not.toContain('Bearer access-1')
})

test('who was assigned before provisioning is flagged; Force Sync leaves them, Provision User creates them', async () => {
  const app = await connectedApp(sandbox, 'oin')
  await saveIntegration(sandbox.org, app.id, false, app.integration, sandbox.pace)
  const early = person(sandbox, 'Early')
  assign(sandbox.org, app.id, { people: [early.id] })
  await saveIntegration(sandbox.org, app.id, true, app.integration, sandbox.pace)
  await saveToApp(sandbox.org, app.id, app.toApp, sandbox.pace)
  sandbox.fake.received.length = 0
  const appUser = app.appUsers[early.id]
  expect(appUser !== undefined && needsProvisioning(app, appUser)).toBe(true)

  forceSync(sandbox.org, app.id)
  await sandbox.settle()
  expect(sandbox.fake.takeLines()).toEqual([])

  provisionUsers(sandbox.org, app.id, [early.id])
  await sandbox.settle()
  expect(sandbox.fake.takeLines().at(-1)).toBe('POST /Users')
  expect(appUser !== undefined && needsProvisioning(app, appUser)).toBe(false)
})

test('saving sends the test requests, with groups only when importing them is ticked', async () => {
  const app = await connectedApp(sandbox, 'oin')
  await saveToApp(sandbox.org, app.id, app.toApp, sandbox.pace)
  expect(sandbox.fake.takeLines()).toEqual(['GET /Users?startIndex=1&count=2'])
  app.integration.actions.importGroups = true
  await saveToApp(sandbox.org, app.id, app.toApp, sandbox.pace)
  expect(sandbox.fake.takeLines()).toEqual([
    'GET /Users?startIndex=1&count=2',
    'GET /Groups?startIndex=1&count=100',
  ])
})

test('a refusal becomes a task in the words of Okta, is not repeated, and goes away once retried', async () => {
  const app = await connectedApp(sandbox, 'oin')
  const test = person(sandbox, 'Test')
  sandbox.fake.answers.push(() => ({ status: 400, body: { detail: 'No such department.' } }))
  assign(sandbox.org, app.id, { people: [test.id] })
  await sandbox.settle()
  expect(sandbox.fake.takeLines()).toHaveLength(1)
  expect(app.tasks.map((task) => task.message)).toEqual([
    'Automatic provisioning of user Test User to app Muster failed: Error while verifying if user Test User exists: Bad Request. Errors reported by remote server: No such department.',
  ])
  retryTasks(
    sandbox.org,
    app.id,
    app.tasks.map((task) => task.id),
  )
  await sandbox.settle()
  expect(app.tasks).toEqual([])
  expect(app.appUsers[test.id]?.status).toBe('PROVISIONED')
})

test.each([
  [
    'an empty answer to a creation',
    { status: 201 },
    'Error while creating user Test User: Create new user returned empty user.',
  ],
  [
    'a plain-text 502',
    { status: 502, text: 'error: upstream' },
    "Error while creating user Test User: Bad Gateway. Errors reported by remote server: Invalid JSON: Unrecognized token 'error' line: 1, column: 6",
  ],
])('%s is told as Okta tells it', async (_, answer, text) => {
  const app = await connectedApp(sandbox, 'oin')
  sandbox.fake.answers.push((request) => (request.method === 'POST' ? answer : undefined))
  assign(sandbox.org, app.id, { people: [person(sandbox, 'Test').id] })
  await sandbox.settle()
  expect(app.tasks[0]?.message).toContain(text)
})
