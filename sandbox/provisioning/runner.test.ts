import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { assign } from '../org/assignments.ts'
import { addPush } from '../org/push-groups.ts'
import { enqueue } from '../org/queue.ts'
import { connectedApp, group, openTestSandbox, person, reopen } from '../testing/open-test-sandbox.ts'

let sandbox: Awaited<ReturnType<typeof openTestSandbox>>
afterEach(() => sandbox.stop())

describe('rate limiting', () => {
  beforeEach(async () => {
    sandbox = await openTestSandbox({ clockSpeed: 30_000 })
  })

  test('a 429 pauses the queue in order for Retry-After, else five minutes doubled, and then goes on', async () => {
    const app = await connectedApp(sandbox, 'oin')
    const one = person(sandbox, 'One')
    const two = person(sandbox, 'Two')
    sandbox.fake.answers.push(
      () => ({ status: 429, headers: { 'Retry-After': '7' }, body: {} }),
      () => ({ status: 429, headers: { 'Retry-After': 'Tue, 24 Nov 2026 00:00:00 GMT' }, body: {} }),
    )
    assign(sandbox.org, app.id, { people: [one.id, two.id] })
    await sandbox.settle()
    const limited = sandbox.org.state.log.filter(
      (e) => e.type === 'application.integration.rate_limit_exceeded',
    )
    expect(limited.map((entry) => entry.message)).toEqual([
      'Rate limited; attempt 2 of 10 in 7 seconds',
      'Rate limited; attempt 3 of 10 in 600 seconds',
    ])
    expect([...sandbox.fake.users.values()].map((user) => user.userName)).toEqual([
      'One@okta.local',
      'Two@okta.local',
    ])
  })

  test('the tenth 429 in a row makes it a task', async () => {
    const app = await connectedApp(sandbox, 'oin')
    for (let i = 0; i < 10; i++) {
      sandbox.fake.answers.push(() => ({ status: 429, headers: { 'Retry-After': '1' }, body: {} }))
    }
    assign(sandbox.org, app.id, { people: [person(sandbox, 'One').id] })
    await sandbox.settle()
    expect(sandbox.fake.received).toHaveLength(10)
    expect(app.tasks[0]?.message).toContain('Too Many Requests')
  })
})

describe('tokens', () => {
  beforeEach(async () => {
    sandbox = await openTestSandbox()
  })

  test('a 401 is answered with one refresh and the request again', async () => {
    const app = await connectedApp(sandbox, 'oin', { mode: 'oauth2' })
    sandbox.fake.acceptedToken = 'another'
    sandbox.fake.received.length = 0
    assign(sandbox.org, app.id, { people: [person(sandbox, 'One').id] })
    await sandbox.settle()
    expect(sandbox.fake.tokenRequests).toHaveLength(1)
    expect(sandbox.fake.tokenRequests[0]?.form).toEqual({
      grant_type: 'refresh_token',
      refresh_token: 'refresh-1',
    })
    const credentials = Buffer.from('okta+client:s3cret%2F%2B').toString('base64')
    expect(sandbox.fake.tokenRequests[0]?.headers.authorization).toBe(`Basic ${credentials}`)
    expect(sandbox.fake.takeLines().map((line) => line.split('?')[0])).toEqual([
      'GET /Users',
      'GET /Users',
      'POST /Users',
    ])
    expect(app.tokens?.refreshToken).toBe('refresh-2')
  })

  test('an expired token is refreshed only when an operation runs', async () => {
    const app = await connectedApp(sandbox, 'oin', { mode: 'oauth2', clientAuthentication: 'body' })
    if (app.tokens !== null) app.tokens.expiresAt = '2020-01-01T00:00:00.000Z'
    await sandbox.settle()
    expect(sandbox.fake.tokenRequests).toEqual([])
    assign(sandbox.org, app.id, { people: [person(sandbox, 'One').id] })
    await sandbox.settle()
    expect(sandbox.fake.tokenRequests.map(({ form }) => form)).toEqual([
      {
        grant_type: 'refresh_token',
        refresh_token: 'refresh-1',
        client_id: 'okta client',
        client_secret: 's3cret/+',
      },
    ])
    expect(sandbox.fake.users.size).toBe(1)
  })

  test('a refused refresh asks for authentication again', async () => {
    const app = await connectedApp(sandbox, 'oin', { mode: 'oauth2' })
    sandbox.fake.acceptedToken = 'another'
    sandbox.fake.refuseRefresh = true
    assign(sandbox.org, app.id, { people: [person(sandbox, 'One').id] })
    await sandbox.settle()
    expect(app.tasks[0]?.message).toContain('invalid_grant: It was revoked. Authenticate with Muster again')
  })
})

test('a request is given up after the time-out', async () => {
  sandbox = await openTestSandbox({ timeoutMilliseconds: 200 })
  const app = await connectedApp(sandbox, 'oin')
  sandbox.fake.answers.push(() => ({ status: 200, delay: 1500 }))
  assign(sandbox.org, app.id, { people: [person(sandbox, 'One').id] })
  await sandbox.settle()
  expect(app.tasks[0]?.message).toContain('Read timed out')
})

test('work that was waiting when the process ended is done after the next start', async () => {
  sandbox = await openTestSandbox()
  const app = await connectedApp(sandbox, 'oin')
  const one = person(sandbox, 'One')
  const ops = group(sandbox, 'Ops', [one])
  await sandbox.close()
  assign(sandbox.org, app.id, { people: [one.id] })
  addPush(sandbox.org, app.id, { groupId: ops.id, pushMemberships: true })
  await sandbox.close()
  expect(sandbox.fake.received).toEqual([])

  const next = reopen(sandbox.statePath)
  try {
    expect(await next.runner.idle(5000)).toBe(true)
    expect(sandbox.fake.groups.get('g2')).toMatchObject({
      members: [{ value: 'u1', display: 'One@okta.local' }],
    })
    expect(next.org.state.apps[0]?.pushes[0]?.status).toBe('ACTIVE')
  } finally {
    await next.close()
  }
})

test('an import walks every page and reports in the words of Okta', async () => {
  sandbox = await openTestSandbox()
  const app = await connectedApp(sandbox, 'oin')
  app.integration.actions.importGroups = true
  const known = person(sandbox, 'Known')
  for (let i = 0; i < 150; i++) sandbox.fake.addUser({ userName: `remote${i}@x.example`, active: i > 0 })
  sandbox.fake.addUser({ userName: 'known@okta.local', active: true })
  sandbox.fake.addGroup({ displayName: 'Remote' })
  enqueue(sandbox.org, app, { kind: 'import' })
  await sandbox.settle()
  expect(sandbox.fake.takeLines()).toEqual([
    'GET /Users?startIndex=1&count=100',
    'GET /Users?startIndex=101&count=100',
    'GET /Groups?startIndex=1&count=100',
  ])
  expect(app.lastImport?.lines).toEqual([
    '150 users scanned!',
    '150 new users imported',
    '0 existing users updated',
    '0 existing users unchanged',
    '0 users removed',
    '1 groups scanned!',
    '1 new groups imported',
    '0 existing groups updated',
    '0 existing groups unchanged',
    '0 groups removed',
  ])
  const matched = Object.values(app.importedUsers).filter((user) => user.state === 'MATCHED')
  expect(matched.map((user) => user.personId)).toEqual([known.id])
})
