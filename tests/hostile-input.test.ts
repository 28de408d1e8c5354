import { createServer, type Server, request as send } from 'node:http'
import { type AddressInfo, connect } from 'node:net'
import { Readable } from 'node:stream'
import { getRequestListener } from '@hono/node-server'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { pool } from '#lib/db/pool'
import { createDoors } from '#server/doors'
import { protocolHandler } from '#server/protocol-door'
import { testDatabase } from '#tests/database'
import { exchangesOf, type ScimClient, scimClient } from '#tests/scim-client'
import * as nextRoute from '../app/scim/v2/[[...path]]/route.ts'
import { CORPUS } from './hostile/corpus.ts'
import { MALFORMED } from './hostile/malformed.ts'
import { FINDS_NOBODY } from './hostile/queries.ts'
import type { Hostile } from './hostile/request.ts'

await testDatabase()
const WITHIN_MS = 5_000
const MB = 1024 * 1024

/** The production server's door, as server.mjs opens it. */
function productionDoor(): Server {
  const doors = createDoors(false)
  doors.open('protocol', protocolHandler)
  doors.open('pages', (_request, response) => response.writeHead(404).end('pages'))
  return doors.server
}
/** Next's door: the functions that the route file exports, by method as Next calls them. */
function nextDoor(): Server {
  return createServer(
    getRequestListener(
      async (request) => {
        const handlers = nextRoute as unknown as Record<
          string,
          ((request: Request) => Promise<Response>) | undefined
        >
        return handlers[request.method]?.(request) ?? new Response(null, { status: 405 })
      },
      { overrideGlobalObjects: false },
    ),
  )
}

type Answer = { status: number; type: string; text: string; milliseconds: number }
let client: ScimClient
const ids: Record<string, string> = {}
beforeAll(async () => {
  client = await scimClient('Target')
  const user = await client.call('POST', '/Users', { userName: 'kept@example.com', title: 'Kept' })
  const group = await client.call('POST', '/Groups', {
    displayName: 'Kept',
    members: [{ value: user.json.id }],
  })
  Object.assign(ids, { user: user.json.id, group: group.json.id })
})

/** Everything that the team's directory holds. */
async function directory(): Promise<string> {
  const { rows } = await pool().query(
    `SELECT (SELECT json_agg(u ORDER BY id) FROM directory_user u WHERE team_id = $1) AS users,
       (SELECT json_agg(to_jsonb(g) - '{push_error,push_error_at,push_error_status,push_error_exchange_id}'::text[] ORDER BY id)
        FROM directory_group g WHERE team_id = $1) AS groups,
       (SELECT json_agg(m ORDER BY group_id, user_id) FROM membership m WHERE team_id = $1) AS members,
       (SELECT json_agg(m) FROM unresolved_member m WHERE team_id = $1) AS unresolved`,
    [client.teamId],
  )
  return JSON.stringify(rows[0])
}

function ask(port: number, hostile: Hostile): Promise<Answer> {
  const { method = 'GET', path, body, chunks, headers = {} } = hostile
  const given: Record<string, string | number> = {
    authorization: `Bearer ${client.token}`,
    accept: 'application/scim+json',
    ...(body === undefined ? {} : { 'content-type': 'application/scim+json' }),
    ...(body === undefined || chunks ? {} : { 'content-length': Buffer.byteLength(body) }),
    ...headers,
  }
  for (const [name, value] of Object.entries(given)) if (value === '') delete given[name]
  const filled = path.replaceAll(/\{(user|group)\}/g, (_, name: string) => ids[name] ?? '')
  const began = performance.now()
  return new Promise((resolve, reject) => {
    const outgoing = send(
      { port, host: '127.0.0.1', method, path: `/scim/v2${filled}`, headers: given, agent: false },
      (response) => {
        response
          .setEncoding('utf8')
          .toArray()
          .then((parts) => {
            outgoing.destroy()
            resolve({
              status: response.statusCode ?? 0,
              type: response.headers['content-type'] ?? '',
              text: parts.join(''),
              milliseconds: performance.now() - began,
            })
          }, reject)
      },
    )
    outgoing.on('error', reject)
    if (body === undefined) outgoing.end()
    else if (chunks) Readable.from(pieces(Buffer.from(body), chunks)).pipe(outgoing)
    else outgoing.end(body)
  })
}

function* pieces(body: Buffer, size: number) {
  for (let at = 0; at < body.length; at += size) yield body.subarray(at, at + size)
}

/** Raw bytes in, the whole answer out. */
function shout(port: number, bytes: string): Promise<Answer> {
  const began = performance.now()
  return new Promise((resolve, reject) => {
    const socket = connect(port, '127.0.0.1', () => socket.write(bytes, 'latin1'))
    let text = ''
    const done = () => {
      const [head = '', ...rest] = text.split('\r\n\r\n')
      resolve({
        status: Number(head.split(' ')[1] ?? 0),
        type: /^content-type: (.*)$/im.exec(head)?.[1] ?? '',
        text: rest.join('\r\n\r\n'),
        milliseconds: performance.now() - began,
      })
    }
    socket.setEncoding('utf8').on('data', (part: string) => {
      text += part
      if (text.includes('\r\n\r\n') && text.trimEnd().endsWith('}')) socket.end()
    })
    socket.on('close', done).on('error', (error) => (text ? done() : reject(error)))
  })
}

function expectScimError(answer: Answer, status: number, scimType: string | undefined): void {
  expect(answer.status, answer.text.slice(0, 300)).toBe(status)
  expect(answer.type).toMatch(/^application\/scim\+json/)
  const error = JSON.parse(answer.text)
  expect(error).toMatchObject({
    schemas: ['urn:ietf:params:scim:api:messages:2.0:Error'],
    status: String(status),
  })
  if (scimType !== undefined) expect(error.scimType).toBe(scimType)
  expect(error.detail.length).toBeGreaterThan(10)
  expect(error.detail.length, 'a detail is for reading').toBeLessThan(1_500)
  expect(error.detail.isWellFormed()).toBe(true)
  expect(answer.milliseconds).toBeLessThan(WITHIN_MS)
}

describe.each([
  ['the server’s door', productionDoor],
  ['Next’s door', nextDoor],
])('%s', (_, open) => {
  const server = open()
  const port = () => (server.address() as AddressInfo).port
  let before: string
  beforeAll(async () => {
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    before = await directory()
  })
  afterAll(() => {
    server.closeAllConnections()
    server.close()
  })

  // Next answers methods that a route file does not export by itself.
  const corpus =
    open === nextDoor ? CORPUS.filter(({ method }) => !['TRACE', 'PROPFIND'].includes(method ?? '')) : CORPUS
  test.each(corpus.map((one) => [one.name, one] as const))('refuses %s', async (_name, hostile) => {
    expectScimError(await ask(port(), hostile), hostile.status, hostile.scimType)
  })

  test.each(FINDS_NOBODY)('finds nobody by %s', async (name, filter) => {
    const path = `/Users?filter=${encodeURIComponent(filter)}`
    const answer = await ask(port(), { name, path, status: 200 })
    expect(answer.status, answer.text).toBe(200)
    expect(JSON.parse(answer.text)).toMatchObject({ totalResults: 0, Resources: [] })
    expect(answer.milliseconds).toBeLessThan(WITHIN_MS)
  })

  test('removes nothing by a filter on __proto__', async () => {
    const body = '{"Operations":[{"op":"remove","path":"emails[__proto__ eq 1]"}]}'
    const answer = await ask(port(), { name: '', method: 'PATCH', path: '/Users/{user}', body, status: 200 })
    expect(JSON.parse(answer.text)).toMatchObject({ title: 'Kept', meta: { version: 'W/"1"' } })
  })

  test('nothing of it has changed anything, and all of it is on record', async () => {
    expect(await directory()).toBe(before)
    expect(({} as Record<string, unknown>).active).toBeUndefined()
    const recorded = await exchangesOf(client.teamId, 10_000)
    const refused = recorded.filter(({ status }) => status >= 400)
    const known = corpus.filter(({ status }) => status !== 401)
    expect(refused.length).toBeGreaterThanOrEqual(known.length)
    expect(refused.filter(({ status }) => status >= 500)).toEqual([])
  })

  test('eight bodies of 50 MB at once are refused without being held', async () => {
    const body = Buffer.alloc(50 * MB, 0x20)
    const base = process.memoryUsage().rss
    let peak = base
    const watch = setInterval(() => {
      peak = Math.max(peak, process.memoryUsage().rss)
    }, 5)
    const answers = await Promise.all(
      Array.from({ length: 8 }, (_each, at) =>
        ask(port(), {
          name: '',
          method: 'POST',
          path: '/Users',
          body,
          status: 413,
          ...(at % 2 ? { chunks: MB } : {}),
        }),
      ),
    )
    clearInterval(watch)
    expect(answers.map(({ status }) => status)).toEqual(Array(8).fill(413))
    // Half of them announce their size and are never read; the others are held up to the limit of 20 MB. What this
    // process takes to send them all counts as well, so the bound is what they weigh themselves.
    expect((peak - base) / MB).toBeLessThan(8 * 50)
    expect(await directory()).toBe(before)
  })

  test('it still answers', async () => {
    const answer = await ask(port(), { name: '', path: '/Users/{user}', status: 200 })
    expect(answer.status).toBe(200)
    expect(JSON.parse(answer.text)).toMatchObject({ userName: 'kept@example.com', title: 'Kept' })
  })
})

describe('what the HTTP parser refuses is a SCIM error as well', () => {
  const server = productionDoor()
  beforeAll(() => new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve)))
  afterAll(() => {
    server.closeAllConnections()
    server.close()
  })
  test.each(MALFORMED.map((one) => [one.name, one] as const))('%s', async (_name, { bytes, status }) => {
    expectScimError(await shout((server.address() as AddressInfo).port, bytes), status, undefined)
  })
})
