import { beforeAll, expect, test } from 'vitest'
import { exchangeWriter } from '#lib/activity/exchange-writer'
import { pool } from '#lib/db/pool'
import { createRole } from '#lib/directory/roles/manage-roles'
import { createRule } from '#lib/directory/roles/manage-rules'
import { testDatabase } from '../database.ts'
import { type Reply, type ScimClient, scimClient } from '../scim-client.ts'
import { statementsOf } from './capture.ts'
import { looksDear } from './looks-dear.ts'
import { person } from './requests.ts'
import { wholeTablesRead } from './whole-tables-read.ts'

await testDatabase()

let client: ScimClient
beforeAll(async () => {
  client = await scimClient('Acme')
})

const actor = { kind: 'operator', name: 'operator' } as const
const numbers = Array.from({ length: 16 }, (_, i) => i)
const create = (name: string) => client.call('POST', '/Users', person(name))
const replace = (id: string, name: string, title: string) =>
  client.call('PUT', `/Users/${id}`, { ...person(name), title })

/** The log's entries of these resources, by resource. */
async function recordsOf(action: string, ids: readonly string[]) {
  await exchangeWriter().flush()
  const { rows } = await pool().query<{ resource_id: string; status: number; response_body: string }>(
    'SELECT resource_id, status, response_body FROM exchange WHERE team_id = $1 AND action = $2 AND resource_id = ANY ($3)',
    [client.teamId, action, ids],
  )
  return new Map(rows.map((row) => [row.resource_id, row]))
}

test('sixteen creates at once are few statements, planned from an index, and each has its own record', async () => {
  let replies: Reply[] = []
  const statements = await statementsOf(async () => {
    replies = await Promise.all(numbers.map((i) => create(`many-${i}`)))
  })
  expect(replies.map(({ status }) => status)).toEqual(numbers.map(() => 201))
  const writes = statements.filter(({ name }) => name === 'create-users')
  expect(writes.length).toBeGreaterThan(0)
  expect(statements.length).toBeLessThanOrEqual(10)
  for (const statement of writes) expect(await wholeTablesRead(statement)).toEqual([])
  const records = await recordsOf(
    'user.create',
    replies.map(({ json }) => json.id),
  )
  for (const { json, text } of replies)
    expect(records.get(json.id)).toMatchObject({ status: 201, response_body: text })
})

test('of those who ask for one name at once one gets it, and the others theirs', async () => {
  const names = ['x', 'same', 'SAME', 'y', 'same', 'z']
  const replies = await Promise.all(names.map((name) => create(`clash-${name}`)))
  const statuses = replies.map(({ status }) => status)
  expect([statuses[0], statuses[3], statuses[5]]).toEqual([201, 201, 201])
  expect([statuses[1], statuses[2], statuses[4]].toSorted()).toEqual([201, 409, 409])
  const { json } = await client.call(
    'GET',
    `/Users?filter=${encodeURIComponent('userName sw "clash-"')}&count=100`,
  )
  expect(json.totalResults).toBe(4)
})

test('sixteen groups made at once are few statements, each with its record and roles; of those with one name one is made', async () => {
  const { id: roleId } = await createRole(
    client.teamId,
    { name: 'gathered', displayName: 'Gathered', description: '' },
    actor,
  )
  for (const pattern of ['Gathered*', 'gather*'])
    await createRule(client.teamId, { match: 'pattern', pattern, roleId }, actor)
  const names = numbers.map((i) =>
    i === 7 || i === 9 ? 'Gathered TWICE' : i === 8 ? 'gathered twice' : `Gathered ${i}`,
  )
  let replies: Reply[] = []
  const statements = await statementsOf(async () => {
    replies = await Promise.all(names.map((displayName) => client.call('POST', '/Groups', { displayName })))
  })
  const writes = statements.filter(({ name }) => name === 'create-groups')
  expect(writes.length).toBeGreaterThan(0)
  for (const statement of writes) expect(await wholeTablesRead(statement)).toEqual([])
  const statuses = replies.map(({ status }) => status)
  expect(statuses.slice(7, 10).toSorted()).toEqual([201, 409, 409])
  expect([...statuses.slice(0, 7), ...statuses.slice(10)]).toEqual(Array(13).fill(201))
  const made = replies.filter(({ status }) => status === 201)
  const records = await recordsOf(
    'group.create',
    made.map(({ json }) => json.id),
  )
  for (const { json, text } of made) {
    expect(records.get(json.id)).toMatchObject({ status: 201, response_body: text })
    expect((await client.call('GET', `/Groups/${json.id}`)).json).toEqual(json)
  }
  const { rows } = await pool().query(
    `SELECT count(*)::int AS count FROM directory_group WHERE team_id = $1 AND name_key LIKE 'gathered%'
       AND managed_by = $2 AND last_push_at = created_at AND last_push_exchange_id IS NOT NULL`,
    [client.teamId, client.connectionId],
  )
  expect(rows[0].count).toBe(14)
  const granted = await pool().query<{ group_id: string }>(
    'SELECT group_id FROM role_grant WHERE role_id = $1',
    [roleId],
  )
  expect(granted.rows.map(({ group_id }) => group_id).toSorted()).toEqual(
    made.map(({ json }) => json.id).toSorted(),
  )
})

test('sixteen replacements at once are each applied once and recorded; the one at fault is refused alone', async () => {
  const made = await Promise.all(numbers.map((i) => create(`put-${i}`)))
  const ids = made.map(({ json }) => json.id as string)
  let replies: Reply[] = []
  const statements = await statementsOf(async () => {
    replies = await Promise.all(
      numbers.map((i) => replace(ids[i] as string, i === 5 ? 'put-4' : `put-${i}`, `Title ${i}`)),
    )
  })
  expect(replies.map(({ status }) => status)).toEqual(numbers.map((i) => (i === 5 ? 409 : 200)))
  const writes = statements.filter(({ name }) => name === 'update-users')
  expect(writes.length).toBeGreaterThan(0)
  for (const statement of writes) {
    expect(await wholeTablesRead(statement)).toEqual([])
    expect(await looksDear(statement)).toBe(true)
  }
  const records = await recordsOf('user.update', ids)
  for (const [i, id] of ids.entries()) {
    const { json } = await client.call('GET', `/Users/${id}`)
    if (i === 5) {
      expect(json).toMatchObject({ userName: 'put-5@example.com', meta: { version: 'W/"1"' } })
      expect(json.title).toBeUndefined()
      expect(records.get(id)?.status).toBe(409)
    } else {
      expect(json).toMatchObject({ title: `Title ${i}`, meta: { version: 'W/"2"' } })
      expect(json).toEqual(replies[i]?.json)
      expect(records.get(id)).toMatchObject({ status: 200, response_body: replies[i]?.text })
    }
  }
})

test('sixteen changes of one user at once are all applied, one after the other', async () => {
  const { json } = await create('one')
  const titles = await Promise.all(numbers.map((i) => replace(json.id, 'one', `Title ${i}`)))
  expect(titles.map(({ status }) => status)).toEqual(numbers.map(() => 200))
  const versions = titles.map((reply) => Number(/\d+/.exec(reply.json.meta.version)?.[0]))
  expect(versions.toSorted((a, b) => a - b)).toEqual(numbers.map((i) => i + 2))
})
