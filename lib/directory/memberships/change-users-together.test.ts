import { beforeAll, expect, test } from 'vitest'
import { exchangeWriter } from '#lib/activity/exchange-writer'
import { pool } from '#lib/db/pool'
import { testDatabase } from '#tests/database'
import { statementsOf } from '#tests/hot-path/capture'
import { fillDirectory } from '#tests/hot-path/requests'
import { wholeTablesRead } from '#tests/hot-path/whole-tables-read'
import { type Reply, type ScimClient, scimClient } from '#tests/scim-client'

await testDatabase()

const PATCH = 'urn:ietf:params:scim:api:messages:2.0:PatchOp'
let client: ScimClient
let users: string[]

beforeAll(async () => {
  client = await scimClient('Acme')
  await fillDirectory([client.teamId], 5_000)
  const { rows } = await pool().query<{ id: string }>(
    'SELECT id FROM directory_user WHERE team_id = $1 ORDER BY id',
    [client.teamId],
  )
  users = rows.map(({ id }) => id)
}, 60_000)

const numbers = Array.from({ length: 16 }, (_, i) => i)
const change = (groupId: string, op: 'add' | 'remove', ids: readonly string[]) =>
  client.call('PATCH', `/Groups/${groupId}`, {
    schemas: [PATCH],
    Operations: [{ op, path: 'members', value: ids.map((value) => ({ value })) }],
  })

async function makeGroup(displayName: string, members: readonly string[] = []): Promise<string> {
  const body = { displayName, members: members.map((value) => ({ value })) }
  return (await client.call('POST', '/Groups', body)).json.id
}

async function membersOf(groupId: string): Promise<string[]> {
  const { json } = await client.call('GET', `/Groups/${groupId}`)
  return (json.members ?? []).map(({ value }: { value: string }) => value)
}

const versionOf = (reply: Reply) => Number(/\d+/.exec(reply.headers.get('etag') ?? '')?.[0])

/** What the log says of these requests, in their order. */
async function recordsOf(replies: readonly Reply[]) {
  await exchangeWriter().flush()
  const ids = replies.map(({ headers }) => headers.get('x-request-id'))
  const { rows } = await pool().query(
    'SELECT id, status, summary, action, resource_name, changes::text, request_body FROM exchange WHERE team_id = $1 AND id = ANY ($2)',
    [client.teamId, ids],
  )
  return ids.map((id) => rows.find((row) => row.id === id))
}

test('sixteen adds at once are few statements, planned from indexes; each is recorded, with a version of its own', async () => {
  const groupId = await makeGroup('Adds')
  let replies: Reply[] = []
  const statements = await statementsOf(async () => {
    replies = await Promise.all(numbers.map((i) => change(groupId, 'add', [users[i] as string])))
  })
  expect(replies.map(({ status }) => status)).toEqual(numbers.map(() => 204))
  const together = statements.filter(({ name }) => name === 'add-members-together')
  expect(together.length).toBeGreaterThan(0)
  expect(statements.filter(({ name }) => /members/.test(name)).length).toBeLessThanOrEqual(4)
  for (const statement of together) expect(await wholeTablesRead(statement)).toEqual([])
  expect(await membersOf(groupId)).toEqual(users.slice(0, 16))
  expect(replies.map(versionOf).toSorted((a, b) => a - b)).toEqual(numbers.map((i) => i + 2))
  for (const [i, record] of (await recordsOf(replies)).entries()) {
    expect(record).toMatchObject({
      status: 204,
      action: 'group.members',
      resource_name: 'Adds',
      summary: 'added 1 member to Adds',
    })
    expect(JSON.parse(record.changes)).toEqual([{ path: 'members', after: [users[i]] }])
    expect(record.request_body).toContain(users[i])
  }
  const { rows } = await pool().query(
    'SELECT g.version, g.member_count, g.last_push_exchange_id, (SELECT array_agg(m.exchange_id ORDER BY m.user_id) FROM membership m WHERE m.group_id = g.id) AS by FROM directory_group g WHERE g.id = $1',
    [groupId],
  )
  const ids = replies.map(({ headers }) => headers.get('x-request-id'))
  expect(rows[0]).toMatchObject({ version: 17, member_count: 16, by: ids })
  const latest = replies.find((reply) => versionOf(reply) === 17)
  expect(rows[0].last_push_exchange_id).toBe(latest?.headers.get('x-request-id'))
})

test('sixteen removals at once as well, and each has ended the membership that it ended', async () => {
  const groupId = await makeGroup('Removals', users.slice(0, 20))
  let replies: Reply[] = []
  const statements = await statementsOf(async () => {
    replies = await Promise.all(numbers.map((i) => change(groupId, 'remove', [users[i] as string])))
  })
  expect(replies.map(({ status }) => status)).toEqual(numbers.map(() => 204))
  const together = statements.filter(({ name }) => name === 'remove-members-together')
  expect(together.length).toBeGreaterThan(0)
  for (const statement of together) expect(await wholeTablesRead(statement)).toEqual([])
  expect(await membersOf(groupId)).toEqual(users.slice(16, 20))
  expect(replies.map(versionOf).toSorted((a, b) => a - b)).toEqual(numbers.map((i) => i + 2))
  for (const [i, record] of (await recordsOf(replies)).entries()) {
    expect(record.summary).toBe('removed 1 member from Removals')
    expect(JSON.parse(record.changes)).toEqual([{ path: 'members', before: [users[i]] }])
  }
  const { rows } = await pool().query(
    'SELECT array_agg(exchange_id ORDER BY user_id) AS by FROM membership_ended WHERE group_id = $1',
    [groupId],
  )
  expect(rows[0].by).toEqual(replies.map(({ headers }) => headers.get('x-request-id')))
})

test('whom several add at once the first has added; who adds nobody confirms, and leaves the version', async () => {
  const groupId = await makeGroup('Overlap', users.slice(0, 1))
  const wanted = numbers.map((i) => users.slice(Math.floor(i / 2), Math.floor(i / 2) + 2))
  const replies = await Promise.all(wanted.map((ids) => change(groupId, 'add', ids)))
  expect(replies.map(({ status }) => status)).toEqual(numbers.map(() => 204))
  expect(await membersOf(groupId)).toEqual(users.slice(0, 9))
  const summaries = (await recordsOf(replies)).map(({ summary }) => summary)
  // In the order of their coming every second one brings a user who is not there yet.
  const expected = numbers.map((i) =>
    i % 2 === 0 ? 'added 1 member to Overlap' : 'confirmed Overlap; nothing changed',
  )
  expect(summaries).toEqual(expected)
  expect(replies.map(versionOf)).toEqual(numbers.map((i) => 2 + Math.floor(i / 2)))
})

test('adds of 256 members each at once lose and double nobody', async () => {
  const groupId = await makeGroup('Many')
  const slices = numbers.map((i) => users.slice(i * 200, i * 200 + 256))
  const replies = await Promise.all(slices.map((ids) => change(groupId, 'add', ids)))
  expect(replies.map(({ status }) => status)).toEqual(numbers.map(() => 204))
  expect(await membersOf(groupId)).toEqual(users.slice(0, 15 * 200 + 256))
  const records = await recordsOf(replies)
  const added = records.map(({ summary }) => Number(/added (\d+) members to Many/.exec(summary)?.[1]))
  expect(added.reduce((sum, one) => sum + one, 0)).toBe(15 * 200 + 256)
  for (const { changes } of records) expect(JSON.parse(changes)[0].after).toHaveLength(100)
})

test('a member whom nobody knows concerns the request that names him alone', async () => {
  const groupId = await makeGroup('Unknown')
  const stranger = crypto.randomUUID()
  const replies = await Promise.all(
    numbers.map((i) => change(groupId, 'add', [users[i] as string, ...(i === 5 ? [stranger] : [])])),
  )
  expect(replies.map(({ status }) => status)).toEqual(numbers.map(() => 204))
  expect(await membersOf(groupId)).toEqual(users.slice(0, 16))
  const summaries = (await recordsOf(replies)).map(({ summary }) => summary)
  expect(summaries).toEqual(
    numbers.map(
      (i) => `added 1 member to Unknown${i === 5 ? ', kept 1 member of Unknown as unresolved' : ''}`,
    ),
  )
  expect(replies.map(versionOf).toSorted((a, b) => a - b)).toEqual(numbers.map((i) => i + 2))
})

test('adds and removals of one user, sent one after the other without waiting, leave what the last one said', async () => {
  const groupId = await makeGroup('Order')
  const [user = ''] = users
  for (const last of ['add', 'remove'] as const) {
    const replies = await Promise.all(
      ['add', 'remove', 'add', 'remove', 'add', last].map((op) => change(groupId, op as 'add', [user])),
    )
    expect(replies.map(({ status }) => status)).toEqual(Array(6).fill(204))
    expect(await membersOf(groupId)).toEqual(last === 'add' ? [user] : [])
  }
})

test('a group that is deleted meanwhile: each is done or told so, and nothing is left of it', async () => {
  const groupId = await makeGroup('Deleted')
  const requests = numbers.map((i) => change(groupId, 'add', [users[i] as string]))
  requests.push(client.call('DELETE', `/Groups/${groupId}`))
  requests.push(...numbers.map((i) => change(groupId, 'add', [users[i + 16] as string])))
  for (const { status } of await Promise.all(requests)) expect([204, 404]).toContain(status)
  expect((await client.call('GET', `/Groups/${groupId}`)).status).toBe(404)
  const { rows } = await pool().query('SELECT 1 FROM membership WHERE group_id = $1', [groupId])
  expect(rows).toEqual([])
})

test('users who are deleted while they are added end in no group, and nobody else is refused', async () => {
  const groupId = await makeGroup('Leaving')
  const leaving = users.slice(4_000, 4_016)
  const replies = await Promise.all(
    leaving.flatMap((id, i) => [
      change(groupId, 'add', [id, users[i] as string]),
      client.call('DELETE', `/Users/${id}`),
    ]),
  )
  expect(replies.map(({ status }) => status)).toEqual(Array(32).fill(204))
  expect(await membersOf(groupId)).toEqual(users.slice(0, 16))
})

test('a token that is revoked stops those that wait as well', async () => {
  const other = await scimClient('Revoked')
  const { json } = await other.call('POST', '/Groups', { displayName: 'R' })
  const made = await Promise.all(
    numbers.map((i) => other.call('POST', '/Users', { userName: `r${i}`, active: true })),
  )
  await pool().query('UPDATE token SET revoked_at = now() WHERE team_id = $1', [other.teamId])
  const replies = await Promise.all(
    made.map((user) =>
      other.call('PATCH', `/Groups/${json.id}`, {
        schemas: [PATCH],
        Operations: [{ op: 'add', path: 'members', value: [{ value: user.json.id }] }],
      }),
    ),
  )
  expect(replies.map(({ status }) => status)).toEqual(numbers.map(() => 401))
  const { rows } = await pool().query('SELECT 1 FROM membership WHERE group_id = $1', [json.id])
  expect(rows).toEqual([])
})
