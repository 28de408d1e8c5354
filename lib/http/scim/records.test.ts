import { expect, test } from 'vitest'
import { KEPT_CHARACTERS, newExchange } from '#lib/activity/exchange'
import { exchangeWriter } from '#lib/activity/exchange-writer'
import { pool } from '#lib/db/pool'
import { newId } from '#lib/platform/ids'
import { testDatabase } from '#tests/database'
import { statementsAfter } from '#tests/hot-path/capture'
import { exchangesOf, scimClient } from '#tests/scim-client'

await testDatabase()

test.each(['-'.repeat(36), 'a'.repeat(36), '0-'.repeat(18)])(
  'a request for %s, which has the letters of an id and is none, is recorded, and so are those beside it',
  async (id) => {
    const [client, other] = [await scimClient(), await scimClient('Other')]
    expect((await client.call('GET', `/Users/${id}`)).status).toBe(404)
    expect((await client.call('PATCH', `/Groups/${id}`, {})).status).toBe(400)
    const bulk = await client.call('POST', '/Bulk', {
      schemas: ['urn:ietf:params:scim:api:messages:2.0:BulkRequest'],
      Operations: [{ method: 'DELETE', path: `/Users/${id}` }],
    })
    expect(bulk.json.Operations).toMatchObject([{ status: '404' }])
    expect((await other.call('GET', '/Users')).status).toBe(200)
    expect(await exchangesOf(client.teamId)).toHaveLength(4)
    expect(await exchangesOf(other.teamId)).toHaveLength(1)
  },
)

test('an exchange that PostgreSQL does not take is given up, and keeps none of the others', async () => {
  const client = await scimClient()
  const writer = exchangeWriter()
  const exchange = (summary: string, resourceId: string | null) =>
    Object.assign(
      newExchange({ at: Date.now(), kind: 'scim', teamId: client.teamId, method: 'GET', path: '/x' }),
      { status: 200, summary, resourceId },
    )
  writer.add(exchange('first', newId()))
  writer.add(exchange('at fault', 'no id'))
  writer.add(exchange('last', null))
  const written = await exchangesOf(client.teamId)
  expect(written.map(({ summary }) => summary).toSorted()).toEqual(['first', 'last'])
  expect(writer.waiting).toBe(0)
})

test('a refused push whose reason holds what no text of PostgreSQL may is told to its group', async () => {
  const client = await scimClient()
  const group = (await client.call('POST', '/Groups', { displayName: 'Ops' })).json
  const writer = exchangeWriter()
  const refused = Object.assign(
    newExchange({ at: Date.now() + 1_000, kind: 'scim', teamId: client.teamId, method: 'PATCH', path: '/x' }),
    {
      ...{ status: 400, connectionId: client.connectionId, serviceUserId: client.serviceUserId },
      ...{ resourceType: 'Group', resourceId: group.id, errorDetail: 'not a\0b' },
    },
  )
  writer.add(refused)
  await writer.flush()
  expect(writer.waiting).toBe(0)
})

test('while nothing can be written, what waits stays bounded by what it holds, the newest kept', async () => {
  const client = await scimClient()
  const writer = exchangeWriter()
  await writer.flush()
  await pool().query('ALTER TABLE exchange RENAME TO exchange_away')
  const exchange = (summary: string) =>
    Object.assign(
      newExchange({ at: Date.now(), kind: 'scim', teamId: client.teamId, method: 'PUT', path: '/x' }),
      {
        status: 200,
        summary,
        requestBody: 'x'.repeat(KEPT_CHARACTERS),
        responseBody: 'y'.repeat(KEPT_CHARACTERS),
      },
    )
  for (let n = 0; n < 1_000; n++) {
    writer.add(exchange(`number ${n}`))
    if (n === 100) await writer.flush()
  }
  expect(writer.waiting).toBeGreaterThan(200)
  expect(writer.waiting).toBeLessThan(260)
  await writer.flush()
  const kept = writer.waiting
  expect(kept).toBeLessThan(260)
  await pool().query('ALTER TABLE exchange_away RENAME TO exchange')
  const written = await exchangesOf(client.teamId, 2_000)
  expect(written).toHaveLength(kept)
  expect(written.map(({ summary }) => summary)).toContain('number 999')
  // Room is there again.
  for (let n = 0; n < 200; n++) writer.add(exchange('later'))
  expect(await exchangesOf(client.teamId, 2_000)).toHaveLength(kept + 200)
}, 30_000)

test('what cannot be written is not tried over and over, and each exchange is written once when it can', async () => {
  const client = await scimClient()
  const writer = exchangeWriter()
  await writer.flush()
  await pool().query('ALTER TABLE exchange RENAME TO exchange_away')
  const written = await statementsAfter(async () => {
    await client.call('GET', '/Users')
    await Promise.all(Array.from({ length: 50 }, () => writer.flush()))
  })
  expect(written.filter(({ name }) => name === 'insert-exchanges')).toHaveLength(1)
  expect(writer.waiting).toBe(1)
  await pool().query('ALTER TABLE exchange_away RENAME TO exchange')
  await client.call('GET', '/Groups')
  expect(await exchangesOf(client.teamId)).toHaveLength(2)
  expect(writer.waiting).toBe(0)
})
