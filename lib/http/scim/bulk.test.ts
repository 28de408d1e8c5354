import { beforeAll, expect, test } from 'vitest'
import { pool } from '#lib/db/pool'
import { testDatabase } from '#tests/database'
import { exchangesOf, type ScimClient, scimClient } from '#tests/scim-client'

await testDatabase()
let acme: ScimClient
beforeAll(async () => {
  acme = await scimClient()
})

const BULK = 'urn:ietf:params:scim:api:messages:2.0:BulkRequest'
const bulk = (Operations: unknown[], more: object = {}, client = acme) =>
  client.call('POST', '/Bulk', { schemas: [BULK], ...more, Operations })
const user = (bulkId: string, userName = `${bulkId}@example.com`) => ({
  method: 'POST',
  path: '/Users',
  bulkId,
  data: { schemas: ['urn:ietf:params:scim:schemas:core:2.0:User'], userName },
})
const group = (bulkId: string, displayName: string, ...values: string[]) => ({
  method: 'POST',
  path: '/Groups',
  bulkId,
  data: { displayName, members: values.map((value) => ({ value })) },
})
const statuses = (reply: { json: any }) => reply.json.Operations.map((each: any) => each.status)

test('a life in one request: create, refer, patch, replace, delete, each with location, version and exchange', async () => {
  const reply = await bulk([
    user('qwerty', 'Alice@example.com'),
    group('ytrewq', 'Tour Guides', 'bulkId:qwerty'),
    {
      method: 'PATCH',
      path: '/Users/bulkId:qwerty',
      data: { Operations: [{ op: 'replace', path: 'title', value: 'Lead' }] },
    },
    {
      method: 'PUT',
      path: '/Groups/bulkId:ytrewq',
      data: { displayName: 'Guides', members: [] },
    },
    { method: 'DELETE', path: '/Groups/bulkId:ytrewq' },
  ])
  expect(reply.status, reply.text).toBe(200)
  expect(reply.json.schemas).toEqual(['urn:ietf:params:scim:api:messages:2.0:BulkResponse'])
  const [made, grouped, patched, replaced, deleted] = reply.json.Operations
  expect(made).toEqual({
    method: 'POST',
    bulkId: 'qwerty',
    location: expect.stringMatching(/\/scim\/v2\/Users\/[0-9a-f-]{36}$/),
    version: 'W/"1"',
    status: '201',
  })
  expect(grouped).toMatchObject({ bulkId: 'ytrewq', status: '201' })
  expect(patched).toEqual({ method: 'PATCH', location: made.location, version: 'W/"2"', status: '200' })
  expect(replaced).toMatchObject({ method: 'PUT', location: grouped.location, status: '200' })
  expect(deleted).toEqual({ method: 'DELETE', location: grouped.location, status: '204' })
  const id = made.location.split('/').at(-1)
  expect((await acme.call('GET', `/Users/${id}`)).json).toMatchObject({ title: 'Lead', groups: [] })
  const said = (await exchangesOf(acme.teamId, 20))
    .filter((each) => each.method !== 'GET')
    .map((each) => `${each.method} ${each.path} ${each.summary}`)
  expect(new Set(said)).toEqual(
    new Set([
      'POST /scim/v2/Bulk ran 5 bulk operations: 5 done',
      'POST /scim/v2/Users created Alice@example.com',
      'POST /scim/v2/Groups created the group Tour Guides, added 1 member to it',
      'PATCH /scim/v2/Users/bulkId:qwerty updated Alice@example.com: title',
      'PUT /scim/v2/Groups/bulkId:ytrewq renamed Tour Guides to Guides, removed 1 member from Guides',
      'DELETE /scim/v2/Groups/bulkId:ytrewq deleted the group Guides with its 0 memberships',
    ]),
  )
  const [whole] = await exchangesOf(acme.teamId, 20).then((all) =>
    all.filter((each) => each.action === 'bulk.run'),
  )
  const parts = (await exchangesOf(acme.teamId, 20)).filter((each) => each.notes[0]?.startsWith('bulk: '))
  expect(new Set(parts.map((each) => each.notes[0]))).toEqual(
    new Set([1, 2, 3, 4, 5].map((n) => `bulk: operation ${n} of 5 of request ${whole?.id}`)),
  )
})

test('what is referred to is made first, wherever it stands', async () => {
  const reply = await bulk([
    group('g', 'Forward', 'bulkId:later'),
    {
      method: 'PATCH',
      path: '/Users/bulkId:later',
      data: { Operations: [{ op: 'add', path: 'title', value: 'x' }] },
    },
    user('later'),
  ])
  expect(statuses(reply)).toEqual(['201', '200', '201'])
  const id = reply.json.Operations[2].location.split('/').at(-1)
  const made = (await acme.call('GET', reply.json.Operations[0].location.split('/scim/v2')[1])).json
  expect(made.members).toMatchObject([{ value: id, type: 'User' }])
})

test('a circle of groups is closed (RFC 7644 §3.7.1), and a patch in between is not undone', async () => {
  const reply = await bulk([
    group('a', 'Group A', 'bulkId:b'),
    group('b', 'Group B', 'bulkId:a'),
    {
      method: 'PATCH',
      path: '/Groups/bulkId:a',
      data: { Operations: [{ op: 'replace', path: 'displayName', value: 'Group A2' }] },
    },
  ])
  expect(statuses(reply)).toEqual(['201', '201', '204'])
  const [a, b] = await Promise.all(
    reply.json.Operations.slice(0, 2).map(
      async (each: any) => (await acme.call('GET', each.location.split('/scim/v2')[1])).json,
    ),
  )
  expect(a).toMatchObject({ displayName: 'Group A2', members: [{ value: b.id, type: 'Group' }] })
  expect(b.members).toMatchObject([{ value: a.id, type: 'Group', $ref: expect.stringContaining('/Groups/') }])
  expect(reply.json.Operations.map((each: any) => each.version).slice(0, 2)).toEqual([
    expect.stringMatching(/^W\/"\d+"$/),
    expect.stringMatching(/^W\/"\d+"$/),
  ])
})

test('two users who are each other’s manager', async () => {
  const EXT = 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User'
  const managed = (bulkId: string, manager: string) => {
    const one = user(bulkId)
    return {
      ...one,
      data: { ...one.data, [EXT]: { department: 'x', manager: { value: `bulkId:${manager}` } } },
    }
  }
  const reply = await bulk([managed('m1', 'm2'), managed('m2', 'm1')])
  expect(statuses(reply)).toEqual(['201', '201'])
  const [one, two] = await Promise.all(
    reply.json.Operations.map(
      async (each: any) => (await acme.call('GET', each.location.split('/scim/v2')[1])).json,
    ),
  )
  expect(one[EXT]).toEqual({ department: 'x', manager: { value: two.id } })
  expect(two[EXT]).toEqual({ department: 'x', manager: { value: one.id } })
})

test('a failure is that operation’s alone, in the form of the single request’s, and what refers to it is 409', async () => {
  const reply = await bulk([
    user('ok1'),
    user('twice', 'ok1@example.com'),
    group('orphan', 'Orphan', 'bulkId:twice'),
    group('lost', 'Lost', 'bulkId:nowhere'),
    { method: 'PATCH', path: '/Users/bulkId:twice', data: { Operations: [] } },
    { method: 'DELETE', path: '/Users/0198c8de-0000-7000-8000-000000000000' },
    { method: 'POST', path: '/Bulk', bulkId: 'deep', data: {} },
    { method: 'POST', path: '/Users/.search', bulkId: 'search', data: {} },
    { method: 'DELETE', path: '/Users' },
    user('ok2'),
  ])
  expect(statuses(reply)).toEqual(['201', '409', '409', '400', '409', '404', '404', '405', '405', '201'])
  const [, twice, orphan, lost, , gone] = reply.json.Operations
  expect(twice).toEqual({
    method: 'POST',
    bulkId: 'twice',
    status: '409',
    response: {
      schemas: ['urn:ietf:params:scim:api:messages:2.0:Error'],
      status: '409',
      scimType: 'uniqueness',
      detail: expect.stringContaining('already in use'),
    },
  })
  expect(orphan.response.detail).toBe(
    'The operation refers to bulkId:twice, whose own operation was not done. Nothing was done.',
  )
  expect(lost.response).toMatchObject({
    scimType: 'invalidValue',
    detail: expect.stringContaining('nowhere'),
  })
  expect(gone).toMatchObject({
    location: expect.stringMatching(/\/Users\/0198c8de/),
    response: { status: '404' },
  })
  const [newest] = (await exchangesOf(acme.teamId, 30)).filter((each) => each.action === 'bulk.run')
  expect(newest?.summary).toBe('ran 10 bulk operations: 2 done, 8 refused')
  const refused = (await exchangesOf(acme.teamId, 30)).filter((each) => each.status === 409)
  expect(refused.length).toBeGreaterThanOrEqual(3)
})

test('a circle whose other half fails is made open, and says so', async () => {
  const reply = await bulk([group('x', 'everyone', 'bulkId:y'), group('y', 'Open Y', 'bulkId:x')])
  const [x, y] = reply.json.Operations
  expect([x.status, y.status].sort()).toEqual(['409', '409'])
  expect(x.location).toBeUndefined()
  expect(y.response.detail).toContain('was created without that reference')
  expect((await acme.call('GET', y.location.split('/scim/v2')[1])).json).toMatchObject({
    displayName: 'Open Y',
    members: [],
  })
})

test('failOnErrors stops after that many failures; what was not begun is not answered', async () => {
  const reply = await bulk(
    [user('s1'), user('s2', 's1@example.com'), user('s3', 's1@example.com'), user('s4')],
    {
      failOnErrors: 2,
    },
  )
  expect(statuses(reply)).toEqual(['201', '409', '409'])
  const one = await bulk([user('t1', 's1@example.com'), user('t2')], { failOnErrors: 1 })
  expect(statuses(one)).toEqual(['409'])
  const [newest] = (await exchangesOf(acme.teamId, 10)).filter((each) => each.action === 'bulk.run')
  expect(newest?.summary).toBe('ran 1 bulk operation: 0 done, 1 refused, 1 not begun')
})

test('version is If-Match', async () => {
  const made = (await acme.call('POST', '/Users', { userName: 'etag@example.com' })).json
  const patch = (version: string) => ({
    method: 'PATCH',
    path: `/Users/${made.id}`,
    version,
    data: { Operations: [{ op: 'replace', path: 'title', value: version }] },
  })
  const reply = await bulk([
    patch('W/"7"'),
    patch('W/"1"'),
    { method: 'DELETE', path: `/Users/${made.id}`, version: 'W/"1"' },
  ])
  expect(statuses(reply)).toEqual(['412', '200', '412'])
})

test('more than maxOperations and more than maxPayloadSize are 413, and ServiceProviderConfig says both', async () => {
  const { bulk: said } = (await acme.call('GET', '/ServiceProviderConfig')).json
  expect(said).toEqual({ supported: true, maxOperations: 1000, maxPayloadSize: 20 * 1024 * 1024 })
  const many = await bulk(Array.from({ length: 1001 }, (_, i) => user(`n${i}`)))
  expect(many).toMatchObject({
    status: 413,
    json: { status: '413', detail: expect.stringContaining('1000') },
  })
  const large = await acme.call(
    'POST',
    '/Bulk',
    `{"schemas":["${BULK}"],"Operations":[]${' '.repeat(said.maxPayloadSize)}}`,
  )
  expect(large).toMatchObject({
    status: 413,
    json: { detail: expect.stringContaining(String(said.maxPayloadSize)) },
  })
})

test.each([
  ['no operations', { Operations: [] }],
  ['operations that are no array', { Operations: {} }],
  ['a GET', { Operations: [{ method: 'GET', path: '/Users' }] }],
  ['a POST without bulkId', { Operations: [{ method: 'POST', path: '/Users', data: {} }] }],
  ['one bulkId twice', { Operations: [user('d'), user('d')] }],
  ['failOnErrors 0', { failOnErrors: 0, Operations: [user('z')] }],
])('%s is refused whole', async (_, body) => {
  const before = (await acme.call('GET', '/Users?count=0')).json.totalResults
  expect((await acme.call('POST', '/Bulk', body)).status).toBe(400)
  expect((await acme.call('GET', '/Users?count=0')).json.totalResults).toBe(before)
})

test('another team’s resources are not found, and a bulk reaches only its own team', async () => {
  const other = await scimClient('Other')
  const mine = (await acme.call('POST', '/Users', { userName: 'bulk-mine@example.com' })).json
  const reply = await bulk(
    [{ method: 'DELETE', path: `/Users/${mine.id}` }, group('theirs', 'Theirs', mine.id)],
    {},
    other,
  )
  expect(statuses(reply)).toEqual(['404', '201'])
  const theirs = (await other.call('GET', reply.json.Operations[1].location.split('/scim/v2')[1])).json
  expect(theirs.members).toEqual([])
  expect((await acme.call('GET', `/Users/${mine.id}`)).status).toBe(200)
})

test('a token that is revoked while a bulk request runs ends it', async () => {
  const client = await scimClient('Revoked')
  const running = bulk(
    Array.from({ length: 1000 }, (_, i) => user(`r${i}`)),
    {},
    client,
  )
  const begun = async () =>
    (await pool().query('SELECT 1 FROM directory_user WHERE team_id = $1 LIMIT 1', [client.teamId])).rows
      .length > 0
  while (!(await begun()));
  await pool().query('UPDATE token SET revoked_at = now() WHERE team_id = $1', [client.teamId])
  const got = statuses(await running)
  expect(got[0]).toBe('201')
  expect(got.at(-1)).toBe('401')
  expect(got.length).toBeLessThan(1000)
})
