import { beforeAll, describe, expect, test } from 'vitest'
import { exchangeWriter } from '#lib/activity/exchange-writer'
import { pool } from '#lib/db/pool'
import { teamDefinitions } from '#lib/directory/definitions'
import { testDatabase } from '../database.ts'
import { type ScimClient, scimClient } from '../scim-client.ts'
import { plannedAnew, type Statement, statementsAfter, statementsOf } from './capture.ts'
import { looksDear } from './looks-dear.ts'
import { fillDirectory, HOT, makePlace, type Place } from './requests.ts'
import { wholeTablesRead } from './whole-tables-read.ts'

await testDatabase()

const SIZES = [3, 5_000]
let client: ScimClient
const places: Place[] = []

beforeAll(async () => {
  client = await scimClient('Acme')
  const bystander = await scimClient('Bystander')
  await fillDirectory([client.teamId, bystander.teamId], 10_000)
  for (const size of SIZES) places.push(await makePlace(client, size))
  await pool().query('ANALYZE')
}, 120_000)

/** The statements of one request, when what a process keeps of its team for some seconds is there. */
async function statementsOfRequest(kind: string, place: Place): Promise<Statement[]> {
  await exchangeWriter().flush()
  await teamDefinitions(client.teamId)
  return statementsOf(async () => {
    const { status } = await (HOT[kind] as (typeof HOT)[string]).send(client, place)
    expect([200, 201, 204, 401]).toContain(status)
  })
}

describe.each(Object.keys(HOT))('%s', (kind) => {
  test.each(SIZES.map((size, i) => [size, i]))(
    'costs its statements and no more, beside a group of %i; each answers from an index and names its team',
    async (_size, i) => {
      const statements = await statementsOfRequest(kind, places[i] as Place)
      expect(statements.map(({ name }) => name)).toEqual(HOT[kind]?.statements)
      for (const statement of statements) {
        expect(statement.text).toContain('team_id')
        expect(statement.values[0]).toBe(client.teamId)
        expect(await wholeTablesRead(statement)).toEqual([])
      }
    },
  )
})

test('no statement is planned anew each time it runs', async () => {
  const place = await makePlace(client, 3)
  for (const { send, statements } of Object.values(HOT)) {
    if (statements.length === 0) continue
    for (let i = 0; i < 12; i++) await send(client, place)
  }
  await exchangeWriter().flush()
  const anew = [...(await plannedAnew(pool()))].filter(([, times]) => times > 0)
  expect(anew).toEqual([])
}, 20_000)

const PLANNED_ONCE = ['users-by-name', 'find-users', 'add-members-exchange', 'remove-members-exchange']

test('and of the most frequent none can come to be: for given values it looks dear, whatever became of its tables', async () => {
  const looks = new Map<string, boolean>()
  for (const kind of Object.keys(HOT))
    for (const statement of await statementsOfRequest(kind, places[0] as Place))
      if (PLANNED_ONCE.includes(statement.name)) looks.set(statement.name, await looksDear(statement))
  expect(Object.fromEntries(looks)).toEqual(Object.fromEntries(PLANNED_ONCE.map((name) => [name, true])))
})

test('what is written after the answers costs as many statements for two hundred requests as for one', async () => {
  const read = HOT['read a user']?.send as (typeof HOT)[string]['send']
  const after = (requests: number) =>
    statementsAfter(async () => {
      await Promise.all(Array.from({ length: requests }, () => read(client, places[0] as Place)))
      await exchangeWriter().flush()
    })
  await exchangeWriter().flush()
  const names = async (requests: number) => [...new Set((await after(requests)).map(({ name }) => name))]
  expect(await names(1)).toEqual(expect.arrayContaining(['insert-exchanges', 'observe-connections']))
  const many = await after(150)
  expect(many.filter(({ name }) => name === 'insert-exchanges').length).toBeLessThanOrEqual(3)
})

test('what is written after the answers is written ten times a second, also for requests that come one by one', async () => {
  const read = HOT['read a user']?.send as (typeof HOT)[string]['send']
  await exchangeWriter().flush()
  const began = performance.now()
  const written = await statementsAfter(async () => {
    for (let i = 0; i < 150; i++) await read(client, places[0] as Place)
  })
  const times = written.filter(({ name }) => name === 'insert-exchanges').length
  expect(times).toBeLessThanOrEqual((performance.now() - began) / 100 + 1)
})

test('sixteen reads at once share their statements', async () => {
  const read = HOT['read a user']?.send as (typeof HOT)[string]['send']
  const { userId, outsiders, groupId } = places[0] as Place
  const statements = await statementsOf(() =>
    Promise.all(
      [userId, ...outsiders, ...Array(11).fill(userId)].map((id) =>
        read(client, { userId: id, outsiders, groupId }),
      ),
    ),
  )
  expect(statements.length).toBeLessThanOrEqual(6)
})

test('the check itself: a statement that no index answers is found out', async () => {
  const text = `SELECT 1 FROM directory_user WHERE team_id = $1 AND doc ->> 'title' = $2`
  expect(await wholeTablesRead({ name: 'x', text, values: [client.teamId, 'x'] })).toEqual([
    'directory_user',
    'directory_user',
  ])
})
