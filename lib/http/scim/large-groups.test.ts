import { createServer, request as send } from 'node:http'
import type { AddressInfo } from 'node:net'
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest'
import { KEPT_CHARACTERS } from '#lib/activity/exchange'
import { pool } from '#lib/db/pool'
import { AT_ONCE, PIECE } from '#lib/directory/groups/read-group'
import { testDatabase } from '#tests/database'
import { statementsOf } from '#tests/hot-path/capture'
import { type ScimClient, scimClient } from '#tests/scim-client'
import { answerScim } from './door.ts'
import { scimListener } from './listener.ts'

await testDatabase()

const SIZE = 2 * AT_ONCE + 500
const PATCH = 'urn:ietf:params:scim:api:messages:2.0:PatchOp'
const GROUP = 'urn:ietf:params:scim:schemas:core:2.0:Group'
const server = createServer(scimListener)
let client: ScimClient
/** Everybody's ids, in their order. */
let everybody: string[]
let inner: string

beforeAll(async () => {
  client = await scimClient()
  const { rows } = await pool().query<{ id: string }>(
    `INSERT INTO directory_user (team_id, id, user_name, user_name_key, display_name, display_name_key, email_keys, search_text,
       active, doc, created_at, updated_at)
     SELECT $1, gen_random_uuid(), name, name, 'Zoë ' || n, 'zoë ' || n, '{}', name, true, jsonb_build_object('userName', name), now(), now()
     FROM (SELECT n, 'u' || n || '@example.com' AS name FROM generate_series(1, $2::int) n) given RETURNING id`,
    [client.teamId, SIZE + 20],
  )
  everybody = rows.map((row) => row.id).sort()
  inner = (await client.call('POST', '/Groups', { schemas: [GROUP], displayName: 'Inner' })).json.id
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
})
afterAll(() => server.close())

const named = (ids: readonly string[]) => ids.map((value) => ({ value }))
const group = (displayName: string, ids: readonly string[]) => ({
  schemas: [GROUP],
  displayName,
  members: named(ids),
})

async function makeGroup(name: string, ids = everybody.slice(0, SIZE)): Promise<string> {
  const { status, json } = await client.call('POST', '/Groups', group(name, ids))
  expect(status).toBe(201)
  return json.id
}

async function lastExchange(resourceId: string) {
  const { rows } = await pool().query(
    'SELECT id, summary, response_body, response_bytes FROM exchange WHERE team_id = $1 AND resource_id = $2 ORDER BY id DESC LIMIT 1',
    [client.teamId, resourceId],
  )
  return rows[0]
}

const valuesOf = (json: { members?: { value: string }[] }) => (json.members ?? []).map(({ value }) => value)

describe('a membership that is long', () => {
  test('is created, and read in the order of its members, with what each is called', async () => {
    const id = await makeGroup('Created')
    const { json, text, headers } = await client.call('GET', `/Groups/${id}`)
    expect(valuesOf(json)).toEqual(everybody.slice(0, SIZE))
    expect(json.members[0]).toEqual({
      value: everybody[0],
      $ref: expect.stringContaining(`/scim/v2/Users/${everybody[0]}`),
      type: 'User',
      display: expect.stringMatching(/^Zoë \d+$/),
    })
    expect(headers.get('etag')).toBe('W/"1"')
    expect(await lastExchange(id)).toMatchObject({ response_bytes: Buffer.byteLength(text) })
  })

  test('is left out of a page of groups when it is deleted while the page is read', async () => {
    const id = await makeGroup('Goes')
    await client.call('POST', '/Groups', group('Goes not', everybody.slice(0, 2)))
    const run = pg.Client.prototype.query as (this: pg.Client, ...args: unknown[]) => Promise<unknown>
    const back = () => void Object.assign(pg.Client.prototype, { query: run })
    onTestFinished(back)
    Object.assign(pg.Client.prototype, {
      query(this: pg.Client, ...args: [{ name?: string }, ...unknown[]]) {
        if (args[0]?.name !== 'read-group') return run.apply(this, args)
        back()
        void run.call(this, 'DELETE FROM directory_group WHERE team_id = $1 AND id = $2', [client.teamId, id])
        return run.apply(this, args)
      },
    })
    const { status, json } = await client.call('GET', '/Groups?filter=displayName sw "Goes"')
    expect(status).toBe(200)
    expect(json.Resources.map((each: { displayName: string }) => each.displayName)).toEqual(['Goes not'])
  })

  test('is found as it is read, among others', async () => {
    const id = await makeGroup('Found')
    await client.call('POST', '/Groups', group('Found as well', everybody.slice(0, 2)))
    const { json } = await client.call(
      'GET',
      `/Groups?filter=${encodeURIComponent('displayName sw "Found"')}&sortBy=displayName`,
    )
    expect(json).toMatchObject({ totalResults: 2, itemsPerPage: 2 })
    for (const found of json.Resources)
      expect(found).toEqual((await client.call('GET', `/Groups/${found.id}`)).json)
    expect(json.Resources[0]).toMatchObject({ id, displayName: 'Found' })
    const narrow = await client.call(
      'GET',
      `/Groups?filter=${encodeURIComponent('displayName eq "Found"')}&attributes=members.value`,
    )
    expect(narrow.json.Resources[0].members).toHaveLength(SIZE)
    expect(narrow.json.Resources[0].displayName).toBeUndefined()
  })

  test('is replaced by PUT: only the difference is written, and the answer is the group as it is then', async () => {
    const id = await makeGroup('Put')
    const wanted = everybody.slice(10, SIZE + 10)
    const { status, json, text } = await client.call('PUT', `/Groups/${id}`, group('Put', wanted))
    expect(status).toBe(200)
    expect(valuesOf(json)).toEqual(wanted)
    expect(json.meta.version).toBe('W/"2"')
    const exchange = await lastExchange(id)
    expect(exchange.summary).toBe('added 10 members to Put, removed 10')
    expect(exchange.response_bytes).toBe(Buffer.byteLength(text))
    expect(exchange.response_body).toBe(text.slice(0, KEPT_CHARACTERS))
    const { rows } = await pool().query(
      `SELECT (SELECT array_agg(user_id::text ORDER BY user_id) FROM membership WHERE group_id = $1 AND exchange_id = $2) AS added,
         (SELECT array_agg(user_id::text ORDER BY user_id) FROM membership_ended WHERE group_id = $1 AND exchange_id = $2) AS ended,
         (SELECT member_count FROM directory_group WHERE id = $1) AS count`,
      [id, exchange.id],
    )
    expect(rows[0]).toEqual({
      added: everybody.slice(SIZE, SIZE + 10),
      ended: everybody.slice(0, 10),
      count: SIZE,
    })
  })

  test('may name somebody twice, in upper case, a group, and somebody nobody knows', async () => {
    const id = await makeGroup('Mixed')
    const unknown = crypto.randomUUID()
    const wanted = everybody.slice(0, SIZE)
    const value = [
      ...named([...wanted, ...wanted.slice(0, 3), (everybody[SIZE] as string).toUpperCase(), inner]),
      { value: unknown, display: 'old' },
      { value: unknown, display: 'Nobody' },
      { value: 'no id of ours' },
      { value: 'No id of ours', display: 'Somebody' },
    ]
    const Operations = [{ op: 'replace', path: 'members', value }]
    const { status } = await client.call('PATCH', `/Groups/${id}`, { schemas: [PATCH], Operations })
    expect(status).toBe(204)
    const { json } = await client.call('GET', `/Groups/${id}`)
    expect(valuesOf(json)).toEqual([...everybody.slice(0, SIZE + 1), inner])
    expect((await lastExchange(id)).summary).toBe(
      'added 2 members to Mixed, kept 2 members of Mixed as unresolved',
    )
    const { rows } = await pool().query(
      'SELECT value, display FROM unresolved_member WHERE group_id = $1 ORDER BY display',
      [id],
    )
    expect(rows).toEqual([
      { value: unknown, display: 'Nobody' },
      { value: 'No id of ours', display: 'Somebody' },
    ])
  })

  test('is read at one moment: whoever joins meanwhile is in the answer with its version, or in neither', async () => {
    const id = await makeGroup('Moment')
    const change = (op: string, userId: string) =>
      client.call('PATCH', `/Groups/${id}`, {
        schemas: [PATCH],
        Operations: [{ op, path: 'members', value: named([userId]) }],
      })
    const joining = everybody.slice(SIZE, SIZE + 8)
    const changes = (async () => {
      for (const userId of joining) await change('add', userId)
    })()
    const reads = await Promise.all(joining.map(() => client.call('GET', `/Groups/${id}`)))
    await changes
    for (const { json } of reads) {
      const version = Number(/\d+/.exec(json.meta.version)?.[0])
      expect(valuesOf(json)).toEqual(everybody.slice(0, SIZE + version - 1))
    }
  })
})

describe('nothing long is done in one go', () => {
  const request = (method: string, path: string, body?: unknown) => {
    const bytes = Buffer.from(JSON.stringify(body ?? {}))
    const headers: Record<string, string> = {
      authorization: `Bearer ${client.token}`,
      'content-type': 'application/scim+json',
    }
    return answerScim({
      method,
      url: `/scim/v2${path}`,
      header: (name) => headers[name] ?? null,
      body: async () => bytes,
    })
  }

  test('an answer comes from PostgreSQL, and leaves, in pieces of so many members', async () => {
    const id = await makeGroup('Pieces')
    for (const [method, body] of [['GET'], ['PUT', group('Pieces', everybody.slice(0, SIZE))]] as const) {
      let pieces: readonly Buffer[] = []
      const statements = await statementsOf(async () => {
        pieces = (await request(method, `/Groups/${id}`, body)).body as readonly Buffer[]
      })
      expect(statements.filter(({ name }) => name === 'users-of-group')).toHaveLength(1)
      // The beginning, the members, the end.
      expect(pieces).toHaveLength(SIZE / PIECE + 2)
      for (const piece of pieces)
        expect(piece.toString().split('"value"').length).toBeLessThanOrEqual(PIECE + 1)
      expect(valuesOf(JSON.parse(Buffer.concat(pieces).toString()))).toEqual(everybody.slice(0, SIZE))
    }
  })

  test('a client gets all of it, with its length', async () => {
    const id = await makeGroup('Sent')
    const { port } = server.address() as AddressInfo
    const headers = { authorization: `Bearer ${client.token}` }
    const sent = (method: string) =>
      new Promise<{ length: number; text: string }>((resolve, reject) => {
        send({ port, agent: false, method, path: `/scim/v2/Groups/${id}`, headers }, (response) => {
          response.toArray().then(
            (parts) =>
              resolve({
                length: Number(response.headers['content-length']),
                text: Buffer.concat(parts).toString(),
              }),
            reject,
          )
        })
          .on('error', reject)
          .end()
      })
    const { length, text } = await sent('GET')
    expect(Buffer.byteLength(text)).toBe(length)
    expect(valuesOf(JSON.parse(text))).toEqual(everybody.slice(0, SIZE))
    expect(await sent('HEAD')).toEqual({ length, text: '' })
  })

  test('a client that goes away in the middle of it harms nobody', async () => {
    const id = await makeGroup('Away')
    const { port } = server.address() as AddressInfo
    const headers = { authorization: `Bearer ${client.token}` }
    await new Promise<void>((resolve) => {
      const leaving = send({ port, agent: false, path: `/scim/v2/Groups/${id}`, headers }, (response) => {
        response.once('data', () => leaving.destroy()).once('close', resolve)
      })
      leaving.on('error', () => undefined).end()
    })
    expect((await client.call('GET', `/Groups/${id}?excludedAttributes=members`)).status).toBe(200)
  })
})
