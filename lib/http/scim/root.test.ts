import { beforeAll, describe, expect, test } from 'vitest'
import { testDatabase } from '#tests/database'
import { exchangesOf, type ScimClient, scimClient } from '#tests/scim-client'

await testDatabase()
let acme: ScimClient
const ids: Record<string, string> = {}
beforeAll(async () => {
  acme = await scimClient()
  for (const name of ['ada', 'Bob', 'cyd']) {
    const made = await acme.call('POST', '/Users', { userName: `${name}@example.com`, displayName: name })
    ids[name] = made.json.id
  }
  for (const name of ['Alpha', 'beta']) {
    const made = await acme.call('POST', '/Groups', { displayName: name, members: [{ value: ids.ada }] })
    ids[name] = made.json.id
  }
})

type Resource = { id: string; displayName?: string; meta: { resourceType: string }; [name: string]: unknown }
const search = async (body: object, path = '/.search') => (await acme.call('POST', path, body)).json
const names = (page: { Resources: Resource[] }) => page.Resources.map((each) => each.displayName)
const types = (page: { Resources: Resource[] }) => page.Resources.map((each) => each.meta.resourceType)

describe('a query on the base URL', () => {
  test('goes over users, groups and roles, in this order', async () => {
    const page = (await acme.call('GET', '')).json
    const roles = (await acme.call('GET', '/Roles')).json.totalResults
    expect(page).toMatchObject({ totalResults: 5 + roles, startIndex: 1, itemsPerPage: 5 + roles })
    expect(types(page).slice(0, 6)).toEqual(['User', 'User', 'User', 'Group', 'Group', 'Role'])
    expect((await acme.call('GET', '/')).json).toEqual(page)
    expect(page.Resources[3].members).toMatchObject([{ value: ids.ada }])
  })

  test('takes a filter whose attributes only some types have', async () => {
    const filter = encodeURIComponent('userName sw "ada" or members.value pr or displayName eq "BETA"')
    expect(names((await acme.call('GET', `?filter=${filter}`)).json)).toEqual(['ada', 'Alpha', 'beta'])
    const [exchange] = await exchangesOf(acme.teamId, 1)
    expect(exchange).toMatchObject({ action: 'resource.find', notes: [] })
  })

  test('counts groups without reading them as well', async () => {
    expect(await search({ filter: 'displayName pr', count: 0 }, '/Groups/.search')).toMatchObject({
      totalResults: 2,
    })
    expect(await search({ filter: 'displayName pr', count: 1 }, '/Groups/.search')).toMatchObject({
      totalResults: 2,
    })
  })

  test.each([
    ['User', 3],
    ['Group', 2],
  ])('finds the type %s by meta.resourceType', async (type, count) => {
    const page = await search({ filter: `meta.resourceType eq "${type}"` })
    expect(page.totalResults).toBe(count)
    expect(new Set(types(page))).toEqual(new Set([type]))
  })

  test('counts without reading', async () => {
    expect(await search({ filter: 'displayName pr', count: 0 })).toMatchObject({
      totalResults: expect.any(Number),
      itemsPerPage: 0,
      Resources: [],
    })
  })

  test.each([1, 2, 3, 4, 7])('in pages of %i, by index and by cursor, holds each once', async (count) => {
    const all = (await acme.call('GET', '')).json.Resources.map((each: Resource) => each.id)
    const byIndex: string[] = []
    for (let startIndex = 1; startIndex <= all.length; startIndex += count) {
      const page = await search({ startIndex, count })
      expect(page).toMatchObject({ totalResults: all.length, startIndex })
      byIndex.push(...page.Resources.map((each: Resource) => each.id))
    }
    expect(byIndex).toEqual(all)
    const byCursor: string[] = []
    let cursor: string | undefined = ''
    while (cursor !== undefined) {
      const page = await search({ cursor, count })
      expect(page.totalResults).toBe(all.length)
      expect(page.Resources.length).toBeGreaterThan(0)
      byCursor.push(...page.Resources.map((each: Resource) => each.id))
      cursor = page.nextCursor
    }
    expect(byCursor).toEqual(all)
  })

  test('sorts the types into one another, without case', async () => {
    const page = await search({ sortBy: 'displayName', filter: 'not (meta.resourceType eq "Role")' })
    expect(names(page)).toEqual(['ada', 'Alpha', 'beta', 'Bob', 'cyd'])
    const back = await search({
      sortBy: 'displayName',
      sortOrder: 'descending',
      filter: 'not (meta.resourceType eq "Role")',
    })
    expect(names(back)).toEqual(['cyd', 'Bob', 'beta', 'Alpha', 'ada'])
    const second = await search({
      sortBy: 'displayName',
      startIndex: 2,
      count: 2,
      filter: 'not (meta.resourceType eq "Role")',
    })
    expect(second).toMatchObject({ totalResults: 5, startIndex: 2, itemsPerPage: 2 })
    expect(names(second)).toEqual(['Alpha', 'beta'])
  })

  test('sorts what lacks the attribute last', async () => {
    const page = await search({ sortBy: 'userName' })
    expect(types(page).slice(0, 4)).toEqual(['User', 'User', 'User', 'Group'])
    const down = await search({ sortBy: 'userName', sortOrder: 'descending' })
    expect(names(down).slice(-3)).toEqual(['cyd', 'Bob', 'ada'])
  })

  test.each([
    'id',
    'meta.created',
    'meta.lastModified',
    'meta.location',
    'externalId',
    'description',
    'active',
  ])('sorts by %s', async (sortBy) => {
    const page = await search({ sortBy })
    expect(page.itemsPerPage).toBe(page.totalResults)
  })

  test('refuses to sort by what no type has, and a damaged cursor', async () => {
    expect(await search({ sortBy: 'nosuch' })).toMatchObject({ status: '400', scimType: 'invalidPath' })
    expect(await search({ cursor: 'abc' })).toMatchObject({ status: '400', scimType: 'invalidCursor' })
    const { nextCursor } = await search({ cursor: '', count: 1 })
    expect(await search({ cursor: nextCursor, filter: 'displayName pr' })).toMatchObject({
      scimType: 'invalidCursor',
    })
  })

  test('cuts each type to the attributes asked for', async () => {
    const page = await search({
      attributes: ['userName', 'displayName'],
      filter: 'displayName eq "ada" or displayName eq "Alpha"',
    })
    expect(page.Resources.map((each: object) => Object.keys(each).sort())).toEqual([
      ['displayName', 'id', 'schemas', 'userName'],
      ['displayName', 'id', 'schemas'],
    ])
  })

  test('shows nothing of another team', async () => {
    const other = await scimClient('Other')
    const page = (await other.call('POST', '/.search', { filter: 'not (meta.resourceType eq "Role")' })).json
    expect(page.totalResults).toBe(0)
  })
})

describe('roles, filtered by PostgreSQL', () => {
  test.each([
    ['id eq "access_admin"', 1],
    ['ID EQ "access_admin"', 1],
    ['id eq "ACCESS_ADMIN"', 0],
    ['displayName co "ADMIN"', 1],
    ['displayName eq "administrator"', 1],
    ['description pr', 3],
    ['meta.resourceType eq "Role" and schemas eq "urn:okta:scim:schemas:core:1.0:Role"', 3],
    ['userName pr', 0],
    ['meta.created lt "2000-01-01T00:00:00Z"', 0],
  ])('%s: %i', async (filter, count) => {
    const roles = (await acme.call('GET', '/Roles')).json.totalResults
    expect(roles).toBe(3)
    expect((await search({ filter }, '/Roles/.search')).totalResults).toBe(count)
  })

  test('come in pages, by index and by cursor', async () => {
    expect((await acme.call('GET', '/Roles?startIndex=2&count=1')).json).toMatchObject({
      totalResults: 3,
      startIndex: 2,
      itemsPerPage: 1,
    })
    const first = (await acme.call('GET', '/Roles?cursor&count=2')).json
    const second = (await acme.call('GET', `/Roles?cursor=${first.nextCursor}&count=2`)).json
    expect(new Set([...first.Resources, ...second.Resources].map((role: Resource) => role.id)).size).toBe(3)
    expect(second.nextCursor).toBeUndefined()
  })
})

describe('/Me (RFC 7644 §3.11)', () => {
  test('is the token’s service user, in the shape of a User, and found nowhere else', async () => {
    const me = await acme.call('GET', '/Me')
    expect(me.status).toBe(200)
    expect(me.headers.get('content-location')).toMatch(/\/scim\/v2\/Me$/)
    expect(me.json).toMatchObject({
      schemas: ['urn:ietf:params:scim:schemas:core:2.0:User'],
      id: acme.serviceUserId,
      userName: 'okta',
      userType: 'ServiceUser',
      active: true,
      meta: { resourceType: 'User', location: me.headers.get('location') },
    })
    expect((await acme.call('GET', `/Users/${acme.serviceUserId}`)).status).toBe(404)
    expect((await search({ filter: 'userName eq "okta"' })).totalResults).toBe(0)
    expect((await acme.call('GET', '/Me?attributes=userName')).json).toEqual({
      schemas: me.json.schemas,
      id: me.json.id,
      userName: 'okta',
    })
  })

  test.each(['POST', 'PUT', 'PATCH', 'DELETE'])('is not changed by %s', async (method) => {
    const reply = await acme.call(method, '/Me', method === 'DELETE' ? undefined : {})
    expect(reply.status).toBe(405)
    expect(reply.headers.get('allow')).toBe('GET, HEAD, OPTIONS')
  })
})
