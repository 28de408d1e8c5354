import { beforeAll, expect, test } from 'vitest'
import { testDatabase } from '#tests/database'
import { exchangesOf, type ScimClient, scimCall, scimClient } from '#tests/scim-client'

await testDatabase()
let acme: ScimClient
beforeAll(async () => {
  acme = await scimClient()
})
const ana = {
  schemas: ['urn:ietf:params:scim:schemas:core:2.0:User'],
  userName: 'Ana.Silva@Example.com',
  name: { givenName: 'Ana', familyName: 'Silva' },
  emails: [{ primary: true, value: 'ana.silva@example.com', type: 'work' }],
  displayName: 'Ana Silva',
  externalId: '00u1',
  groups: [],
  password: '1mz050nq',
  active: true,
}

test('Okta’s life of a user: look up, create, update, deactivate, find again, reactivate', async () => {
  const path = `/Users?filter=${encodeURIComponent('userName eq "ana.silva@example.com"')}&startIndex=1&count=100`
  expect((await acme.call('GET', path)).json).toMatchObject({
    totalResults: 0,
    startIndex: 1,
    itemsPerPage: 0,
    Resources: [],
  })
  const made = await acme.call('POST', '/Users', ana)
  expect(made.status, made.text).toBe(201)
  expect(made.json).toMatchObject({
    userName: 'Ana.Silva@Example.com',
    active: true,
    groups: [],
    meta: { resourceType: 'User', version: 'W/"1"' },
  })
  expect(made.text).not.toContain('1mz050nq')
  const { id } = made.json
  expect(made.headers.get('location')).toMatch(new RegExp(`/scim/v2/Users/${id}$`))
  expect(await acme.call('POST', '/Users', { ...ana, userName: 'ANA.SILVA@EXAMPLE.COM' })).toMatchObject({
    status: 409,
    json: { status: '409', scimType: 'uniqueness' },
  })
  const put = await acme.call('PUT', `/Users/${id}`, { ...made.json, title: 'Lead', active: undefined })
  expect(put.json).toMatchObject({ id, title: 'Lead', active: true, meta: { version: 'W/"2"' } })
  const off = await acme.call('PATCH', `/Users/${id}`, {
    schemas: ['urn:ietf:params:scim:api:messages:2.0:PatchOp'],
    Operations: [{ op: 'replace', value: { active: false } }],
  })
  expect(off.json.active).toBe(false)
  expect((await acme.call('GET', path)).json).toMatchObject({
    totalResults: 1,
    Resources: [{ id, active: false }],
  })
  const on = await acme.call('PATCH', `/Users/${id}`, {
    Operations: [{ op: 'Replace', path: 'active', value: 'True' }],
  })
  expect(on.json).toMatchObject({ id, active: true, title: 'Lead' })
  expect(
    (await exchangesOf(acme.teamId)).map((each) => `${each.method} ${each.status} ${each.summary}`),
  ).toEqual([
    'PATCH 200 reactivated Ana Silva',
    expect.stringMatching(/^GET 200 looked for users where userName eq "ana.silva@example.com": 1 found$/),
    'PATCH 200 deactivated Ana Silva',
    'PUT 200 updated Ana Silva: title',
    expect.stringContaining('POST 409 refused: The userName ANA.SILVA@EXAMPLE.COM is already in use'),
    'POST 201 created Ana Silva',
    expect.stringContaining(': 0 found'),
  ])
  expect(JSON.stringify(await exchangesOf(acme.teamId))).not.toContain('1mz050nq')
})

test('a patch that changes nothing keeps version and lastModified', async () => {
  const made = (await acme.call('POST', '/Users', { userName: 'same@example.com' })).json
  const again = await acme.call('PATCH', `/Users/${made.id}`, {
    Operations: [{ op: 'replace', value: { active: true } }],
  })
  expect(again.json.meta).toEqual(made.meta)
})

test('Okta’s life of a group: create, members by difference, rename, unknown member, empty, delete', async () => {
  const users = await Promise.all(
    ['g1', 'g2', 'g3'].map(
      async (name) => (await acme.call('POST', '/Users', { userName: `${name}@example.com` })).json.id,
    ),
  )
  const made = await acme.call('POST', '/Groups', {
    schemas: ['urn:ietf:params:scim:schemas:core:2.0:Group'],
    displayName: 'Ops',
    members: [],
  })
  expect(made.status, made.text).toBe(201)
  const path = `/Groups/${made.json.id}`
  const patch = (...Operations: unknown[]) =>
    acme.call('PATCH', path, { schemas: ['urn:ietf:params:scim:api:messages:2.0:PatchOp'], Operations })
  expect((await patch({ op: 'replace', value: { id: made.json.id, displayName: 'Ops' } })).status).toBe(204)
  expect(
    (
      await patch({
        op: 'add',
        path: 'members',
        value: users.slice(0, 2).map((value) => ({ value, display: 'x' })),
      })
    ).status,
  ).toBe(204)
  expect((await acme.call('GET', path)).json.members.map((m: { value: string }) => m.value).sort()).toEqual(
    users.slice(0, 2).sort(),
  )
  expect(
    (
      await patch(
        { op: 'remove', path: `members[value eq "${users[0]}"]` },
        { op: 'add', path: 'members', value: [{ value: users[2] }, { value: 'ghost' }] },
      )
    ).status,
  ).toBe(204)
  const after = (await acme.call('GET', path)).json
  expect(after.members.map((m: { value: string }) => m.value).sort()).toEqual(users.slice(1).sort())
  expect((await acme.call('GET', `/Users/${users[1]}`)).json.groups).toMatchObject([
    { value: made.json.id, display: 'Ops', type: 'direct' },
  ])
  expect((await acme.call('PUT', path, { displayName: 'Operations' })).json).toMatchObject({
    displayName: 'Operations',
    members: after.members,
  })
  expect((await acme.call('PUT', path, { displayName: 'Operations', members: [] })).json.members).toEqual([])
  expect((await acme.call('DELETE', path)).status).toBe(204)
  expect((await acme.call('GET', path)).json).toMatchObject({ status: '404' })
  const said = (await exchangesOf(acme.teamId, 12)).map((each) => each.summary)
  expect(said).toEqual(
    expect.arrayContaining([
      'added 2 members to Ops',
      'added 1 member to Ops, removed 1, kept 1 member of Ops as unresolved',
      'renamed Ops to Operations',
      'removed 2 members from Operations',
      'deleted the group Operations with its 0 memberships',
    ]),
  )
})

test('sixteen parallel adds to one group lose no member and count each once', async () => {
  const users = await Promise.all(
    Array.from(
      { length: 48 },
      async (_, i) =>
        (await acme.call('POST', '/Users', { userName: `p${i}@example.com` })).json.id as string,
    ),
  )
  const { id } = (await acme.call('POST', '/Groups', { displayName: 'Race', members: [] })).json
  const replies = await Promise.all(
    [...users, ...users.slice(0, 8)].map((value) =>
      acme.call('PATCH', `/Groups/${id}`, {
        Operations: [{ op: 'add', path: 'members', value: [{ value }] }],
      }),
    ),
  )
  expect(new Set(replies.map((reply) => reply.status))).toEqual(new Set([204]))
  const group = (await acme.call('GET', `/Groups/${id}`)).json
  expect(group.members).toHaveLength(48)
  expect(group.meta.version).toBe('W/"49"')
  await Promise.all(
    users.slice(0, 24).map((value) =>
      acme.call('PATCH', `/Groups/${id}`, {
        Operations: [{ op: 'remove', path: `members[value eq "${value}"]` }],
      }),
    ),
  )
  expect((await acme.call('GET', `/Groups/${id}`)).json.members).toHaveLength(24)
})

test('one of sixteen parallel creations of a userName wins', async () => {
  const replies = await Promise.all(
    Array.from({ length: 16 }, () => acme.call('POST', '/Users', { userName: 'Once@example.com' })),
  )
  expect(replies.filter((reply) => reply.status === 201)).toHaveLength(1)
  expect(replies.filter((reply) => reply.status === 409)).toHaveLength(15)
})

test('parallel patches of different attributes are all kept', async () => {
  const { id } = (await acme.call('POST', '/Users', { userName: 'attrs@example.com' })).json
  const paths = [
    'title',
    'displayName',
    'userType',
    'nickName',
    'name.givenName',
    'name.familyName',
    'name.middleName',
    'locale',
  ]
  await Promise.all(
    paths.map((path) =>
      acme.call('PATCH', `/Users/${id}`, {
        schemas: ['urn:ietf:params:scim:api:messages:2.0:PatchOp'],
        Operations: [{ op: 'replace', path, value: 'v' }],
      }),
    ),
  )
  const user = (await acme.call('GET', `/Users/${id}`)).json
  for (const path of paths)
    expect(
      path.split('.').reduce((at, key) => at?.[key], user),
      path,
    ).toBe('v')
})

test('another team’s ids are not found, and its userNames are free', async () => {
  const other = await scimClient('Other')
  const { id } = (await acme.call('POST', '/Users', { userName: 'mine@example.com' })).json
  const group = (await acme.call('POST', '/Groups', { displayName: 'Mine', members: [{ value: id }] })).json
  for (const [method, path] of [
    ['GET', `/Users/${id}`],
    ['PUT', `/Users/${id}`],
    ['PATCH', `/Users/${id}`],
    ['DELETE', `/Users/${id}`],
    ['GET', `/Groups/${group.id}`],
    ['PUT', `/Groups/${group.id}`],
    ['PATCH', `/Groups/${group.id}`],
    ['DELETE', `/Groups/${group.id}`],
  ] as const) {
    const body =
      method === 'PATCH'
        ? {
            schemas: ['urn:ietf:params:scim:api:messages:2.0:PatchOp'],
            Operations: [{ op: 'replace', value: { displayName: 'x' } }],
          }
        : method === 'PUT'
          ? { userName: 'x', displayName: 'x' }
          : undefined
    expect((await other.call(method, path, body)).status, `${method} ${path}`).toBe(404)
  }
  expect((await other.call('POST', '/Users', { userName: 'mine@example.com' })).status).toBe(201)
  const foreign = await other.call('POST', '/Groups', { displayName: 'Theirs', members: [{ value: id }] })
  expect(foreign.json.members).toEqual([])
})

test('every refusal has SCIM’s form and says what to do', async () => {
  const cases: [string, Promise<{ status: number; json: any; headers: Headers }>, number][] = [
    ['no token', scimCall('', 'GET', '/Users', undefined, { authorization: '' }), 401],
    ['a foreign token', scimCall('non-token', 'GET', '/Users'), 401],
    ['an unknown path', acme.call('GET', '/Nothing'), 404],
    ['a wrong method', acme.call('DELETE', '/Users'), 405],
    [
      'another content type',
      acme.call('POST', '/Users', 'a=b', { 'content-type': 'application/x-www-form-urlencoded' }),
      415,
    ],
    ['no JSON accepted', acme.call('GET', '/Users', undefined, { accept: 'text/html' }), 406],
    ['broken JSON', acme.call('POST', '/Users', '{"userName":'), 400],
    ['no userName', acme.call('POST', '/Users', { displayName: 'x' }), 400],
    ['a bad filter', acme.call('GET', `/Users?filter=${encodeURIComponent('userName eq')}`), 400],
    ['a reserved group', acme.call('POST', '/Groups', { displayName: 'Owners' }), 409],
    ['an id that is none', acme.call('GET', '/Users/00919288221112222'), 404],
  ]
  for (const [what, reply, status] of cases) {
    const { status: got, json, headers } = await reply
    expect(got, what).toBe(status)
    expect(json, what).toMatchObject({
      schemas: ['urn:ietf:params:scim:api:messages:2.0:Error'],
      status: String(status),
      detail: expect.stringMatching(/\w{3}/),
    })
    expect(headers.get('content-type'), what).toMatch(/^application\/scim\+json/)
    if (status === 401) expect(headers.get('www-authenticate'), what).toMatch(/^Bearer realm="Muster"/)
    if (status === 405) expect(headers.get('allow')).toBe('GET, POST, HEAD, OPTIONS')
  }
})

test('pages of users come in a stable order, by index and by cursor, none missed and none twice', async () => {
  const many = await scimClient('Many')
  for (let i = 0; i < 25; i++) await many.call('POST', '/Users', { userName: `u${i}@example.com` })
  const byIndex: string[] = []
  for (let start = 1; start <= 25; start += 10) {
    const page = (await many.call('GET', `/Users?startIndex=${start}&count=10`)).json
    expect(page).toMatchObject({ totalResults: 25, startIndex: start })
    byIndex.push(...page.Resources.map((user: { id: string }) => user.id))
  }
  expect(new Set(byIndex).size).toBe(25)
  const byCursor: string[] = []
  let cursor: string | undefined = ''
  while (cursor !== undefined) {
    const page: any = (await many.call('GET', `/Users?cursor=${cursor}&count=10`)).json
    byCursor.push(...page.Resources.map((user: { id: string }) => user.id))
    cursor = page.nextCursor
  }
  expect(byCursor).toEqual(byIndex)
})
