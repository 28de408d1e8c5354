import { beforeAll, describe, expect, test } from 'vitest'
import { testDatabase } from '#tests/database'
import { type ScimClient, scimCall, scimClient } from '#tests/scim-client'

await testDatabase()
let acme: ScimClient
let id: string
beforeAll(async () => {
  acme = await scimClient()
  id = (await acme.call('POST', '/Users', { userName: 'ana@example.com' })).json.id
})

const ALLOWED: [path: string, allow: string][] = [
  ['', 'GET, HEAD, OPTIONS'],
  ['/.search', 'POST, OPTIONS'],
  ['/Me', 'GET, HEAD, OPTIONS'],
  ['/Bulk', 'POST, OPTIONS'],
  ['/Users', 'GET, POST, HEAD, OPTIONS'],
  ['/Users/.search', 'POST, OPTIONS'],
  ['/Users/x', 'GET, PUT, PATCH, DELETE, HEAD, OPTIONS'],
  ['/Groups', 'GET, POST, HEAD, OPTIONS'],
  ['/Groups/.search', 'POST, OPTIONS'],
  ['/Groups/x', 'GET, PUT, PATCH, DELETE, HEAD, OPTIONS'],
  ['/Roles', 'GET, HEAD, OPTIONS'],
  ['/Roles/.search', 'POST, OPTIONS'],
  ['/Roles/x', 'GET, HEAD, OPTIONS'],
  ['/ServiceProviderConfig', 'GET, HEAD, OPTIONS'],
  ['/ResourceTypes', 'GET, HEAD, OPTIONS'],
  ['/ResourceTypes/User', 'GET, HEAD, OPTIONS'],
  ['/Schemas', 'GET, HEAD, OPTIONS'],
  ['/Schemas/urn:x', 'GET, HEAD, OPTIONS'],
]

describe.each(ALLOWED)('the path %j', (path, allow) => {
  test('says with OPTIONS what it allows', async () => {
    const reply = await acme.call('OPTIONS', path)
    expect(reply).toMatchObject({ status: 204, text: '' })
    expect(reply.headers.get('allow')).toBe(allow)
  })

  test('answers every other method with 405 and Allow', async () => {
    for (const method of ['GET', 'POST', 'PUT', 'PATCH', 'DELETE']) {
      if (allow.split(', ').includes(method)) continue
      const reply = await acme.call(method, path, method === 'GET' || method === 'DELETE' ? undefined : {})
      expect(reply, method).toMatchObject({
        status: 405,
        json: { status: '405', detail: expect.stringContaining(allow) },
      })
      expect(reply.headers.get('allow')).toBe(allow)
    }
  })

  test('asks for a token first', async () => {
    const reply = await scimCall('', 'GET', path, undefined, { authorization: '' })
    expect(reply).toMatchObject({ status: 401, json: { status: '401' } })
    expect(reply.headers.get('www-authenticate')).toBe('Bearer realm="Muster"')
  })
})

test.each(['/Users', '/ServiceProviderConfig', '/Me', ''])(
  'HEAD %j is GET without the body',
  async (path) => {
    const [head, get] = [await acme.call('HEAD', path), await acme.call('GET', path)]
    expect(head).toMatchObject({ status: 200, text: '' })
    for (const name of ['content-type', 'location', 'etag'])
      expect(head.headers.get(name)).toBe(get.headers.get(name))
  },
)

test('HEAD of one resource has its ETag and Location; of none it is 404', async () => {
  const head = await acme.call('HEAD', `/Users/${id}`)
  expect(head).toMatchObject({ status: 200, text: '' })
  expect(head.headers.get('etag')).toBe('W/"1"')
  expect(head.headers.get('location')).toMatch(new RegExp(`/Users/${id}$`))
  expect((await acme.call('HEAD', '/Users/nosuch')).status).toBe(404)
})

test('a token that is not known is invalid_token, in ASCII (RFC 6750 §3)', async () => {
  const reply = await scimCall('non-token', 'GET', '/Users')
  expect(reply.headers.get('www-authenticate')).toMatch(
    /^Bearer realm="Muster", error="invalid_token", error_description="[\x20-\x21\x23-\x5b\x5d-\x7e]+"$/,
  )
})

test.each([
  ['application/scim+json', 201],
  ['application/json; charset=utf-8', 201],
  ['APPLICATION/JSON', 201],
  ['application/xml', 415],
  ['text/plain', 415],
])('a body of type %s is %i', async (type, status) => {
  const userName = `${type.replaceAll(/\W/g, '')}@example.com`
  expect((await acme.call('POST', '/Users', { userName }, { 'content-type': type })).status).toBe(status)
})

test.each([
  ['application/scim+json', 200],
  ['application/json', 200],
  ['*/*', 200],
  ['text/html, application/*;q=0.5', 200],
  ['text/html', 406],
  ['application/xml', 406],
])('Accept: %s is %i', async (accept, status) => {
  expect((await acme.call('GET', '/Users', undefined, { accept })).status).toBe(status)
})

test.each(['/users', '/Users/a/b', '/Nothing', '/Users/x/y/z', '//', '/Schemas/a/b'])(
  '%s is no endpoint',
  async (path) => {
    expect(await acme.call('GET', path)).toMatchObject({ status: 404, json: { status: '404' } })
  },
)
