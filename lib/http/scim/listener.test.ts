import { createServer, request as send } from 'node:http'
import { type AddressInfo, connect } from 'node:net'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { testDatabase } from '#tests/database'
import { exchangesOf, type ScimClient, scimCall, scimClient } from '#tests/scim-client'
import { MAX_BODY_BYTES } from './bounds.ts'
import { scimListener } from './listener.ts'

await testDatabase()
const server = createServer(scimListener)
let client: ScimClient
let port: number

beforeAll(async () => {
  client = await scimClient()
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  port = (server.address() as AddressInfo).port
})
afterAll(() => server.close())

type Sent = { status: number; headers: Record<string, unknown>; text: string }

function call(
  method: string,
  path: string,
  body?: string,
  headers: Record<string, string> = {},
): Promise<Sent> {
  return new Promise((resolve, reject) => {
    send(
      {
        port,
        agent: false,
        method,
        path: `/scim/v2${path}`,
        headers: {
          authorization: `Bearer ${client.token}`,
          ...(body === undefined ? {} : { 'content-type': 'application/scim+json' }),
          ...headers,
        },
      },
      (response) => {
        response
          .setEncoding('utf8')
          .toArray()
          .then(
            (parts) =>
              resolve({ status: response.statusCode ?? 0, headers: response.headers, text: parts.join('') }),
            reject,
          )
      },
    )
      .on('error', reject)
      .end(body)
  })
}

const ada = JSON.stringify({ userName: 'ada@example.com', displayName: 'Adá 🙂', active: true })

test('a request gets the same answer on node’s server as in web-standard form', async () => {
  const { text: made } = await call('POST', '/Users', ada)
  const { id } = JSON.parse(made)
  const search = JSON.stringify({ filter: 'userName eq "ada@example.com"' })
  const requests: [string, string, string?, Record<string, string>?][] = [
    ['GET', `/Users/${id}`],
    ['HEAD', `/Users/${id}`],
    ['GET', `/Users/${id}?attributes=userName`],
    ['GET', `/Users/${id}`, undefined, { 'if-none-match': 'W/"1"' }],
    ['GET', '/Users?filter=userName%20eq%20%22ADA%40example.com%22'],
    ['POST', '/Users/.search', search],
    ['POST', '/Users', ada],
    ['POST', '/Users', '{"userName":'],
    ['POST', '/Users', '', {}],
    ['PATCH', '/Users', '{}'],
    ['OPTIONS', '/Users'],
    ['GET', '/Nothing'],
    ['GET', '/Users', undefined, { accept: 'text/html' }],
    ['POST', '/Users', ada, { 'content-type': 'text/plain' }],
    ['GET', '/Users', undefined, { authorization: 'Bearer nonsense' }],
  ]
  for (const [method, path, body, headers] of requests) {
    const here = await call(method, path, body, headers)
    const there = await scimCall(client.token, method, path, body, { accept: '*/*', ...headers })
    const of = `${method} ${path}`
    expect(`${of} ${here.status} ${here.text}`).toBe(`${of} ${there.status} ${there.text}`)
    for (const name of ['content-type', 'etag', 'location', 'allow', 'cache-control', 'www-authenticate'])
      expect(`${of} ${name} ${here.headers[name] ?? null}`).toBe(`${of} ${name} ${there.headers.get(name)}`)
    expect(here.headers['x-request-id']).toMatch(/^[0-9a-f-]{36}$/)
  }
})

test('a body longer than allowed is refused, whether its length was announced or not', async () => {
  const announced = await call('POST', '/Users', undefined, { 'content-length': String(MAX_BODY_BYTES + 1) })
    .then(({ status }) => status)
    .catch(() => 'cut')
  expect([413, 'cut']).toContain(announced)
  const chunked = await call('POST', '/Users', `"${'x'.repeat(MAX_BODY_BYTES)}"`, {
    'transfer-encoding': 'chunked',
  })
  expect(chunked.status).toBe(413)
})

test('a client that goes away in the middle of its body changes nothing, and the attempt is recorded', async () => {
  const socket = connect(port, '127.0.0.1')
  const head = `POST /scim/v2/Users HTTP/1.1\r\nhost: x\r\nauthorization: Bearer ${client.token}\r\ncontent-length: 100\r\n\r\n{"userName":`
  socket.write(head)
  // The server has the head once it has answered another request that came after it.
  await call('OPTIONS', '/Users')
  socket.destroy()
  const details = async () => (await exchangesOf(client.teamId, 5)).map((exchange) => exchange.error_detail)
  await expect.poll(details).toContain('The connection ended before the whole body had arrived.')
})

test('what a client sends without waiting for answers is done in its order', async () => {
  const { json: user } = await client.call('POST', '/Users', { userName: 'in-order@example.com' })
  const { json: group } = await client.call('POST', '/Groups', { displayName: 'In order' })
  const patch = (operation: object) => {
    const body = JSON.stringify({
      schemas: ['urn:ietf:params:scim:api:messages:2.0:PatchOp'],
      Operations: [operation],
    })
    return `PATCH /scim/v2/Groups/${group.id} HTTP/1.1\r\nHost: muster.test\r\nAuthorization: Bearer ${client.token}\r\nContent-Type: application/scim+json\r\nContent-Length: ${Buffer.byteLength(body)}\r\n`.concat(
      '\r\n',
      body,
    )
  }
  const members = [{ value: user.id }]
  const last = `GET /scim/v2/Groups/${group.id} HTTP/1.1\r\nHost: muster.test\r\nAuthorization: Bearer ${client.token}\r\nConnection: close\r\n\r\n`
  const socket = connect(port, '127.0.0.1')
  socket.write(
    patch({ op: 'replace', path: 'members', value: members }) +
      patch({ op: 'remove', path: `members[value eq "${user.id}"]` }) +
      last,
  )
  const text = Buffer.concat(await socket.toArray()).toString()
  expect(text.match(/HTTP\/1\.1 \d+/g)).toEqual(['HTTP/1.1 204', 'HTTP/1.1 204', 'HTTP/1.1 200'])
  expect(text).toContain('"members":[]')
  expect((await client.call('GET', `/Groups/${group.id}`)).json.members).toEqual([])
})
