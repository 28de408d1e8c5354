import { expect, test } from 'vitest'
import { testDatabase } from '#tests/database'
import { exchangesOf, scimClient } from '#tests/scim-client'
import { newExchange } from './exchange.ts'
import { exchangeValues } from './exchange-sql.ts'
import { exchangeWriter } from './exchange-writer.ts'

await testDatabase()

// In JSON text each of these is told from an escape only by how many backslashes stand before it.
test.each([
  ['a NUL spelled out', 'C:\\u0000'],
  ['a backslash before it', '\\\\u0000'],
  ['half a surrogate pair spelled out', '\\ud83d'],
  ['a whole pair', '🙂'],
])('a change to %s is stored, recorded and shown as it was sent', async (_name, title) => {
  const { teamId, call } = await scimClient()
  const made = await call('POST', '/Users', { userName: 'ada@example.com' })
  const { status, json } = await call('PATCH', `/Users/${made.json.id}`, {
    schemas: ['urn:ietf:params:scim:api:messages:2.0:PatchOp'],
    Operations: [{ op: 'replace', path: 'title', value: title }],
  })
  expect([status, json.title]).toEqual([200, title])
  const [exchange] = await exchangesOf(teamId, 1)
  expect(JSON.parse(exchange?.changes)).toEqual([{ path: 'title', after: title }])
})

test('what no text of PostgreSQL can hold is replaced in the record of a request that carried it', async () => {
  const { teamId, call } = await scimClient()
  const { status } = await call('POST', '/Users', '{"userName":"\\u0000\\ud83d","note":"\\u0000"}')
  expect(status).toBe(400)
  await call('GET', '/Users?filter=title%20eq%20%22%00%22')
  const recorded = await exchangesOf(teamId, 2)
  expect(recorded.map(({ method }) => method).toSorted()).toEqual(['GET', 'POST'])
})

test('a request took the time until its answer, not until its record was written', async () => {
  const { teamId } = await scimClient()
  const draft = newExchange({ at: Date.now(), kind: 'scim', teamId, method: 'GET', path: '/scim/v2/Users' })
  exchangeWriter().add(draft)
  const answered = draft.endedAt ?? 0
  const took = exchangeValues(draft)
  while (performance.now() < answered + 5);
  expect(exchangeValues(draft)).toEqual(took)
  await exchangeWriter().flush()
})
