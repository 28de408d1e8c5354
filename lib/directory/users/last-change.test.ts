import { afterEach, beforeAll, expect, test, vi } from 'vitest'
import { eventRecorder } from '#lib/activity/recorder'
import { pool } from '#lib/db/pool'
import { standardDefinitions } from '#lib/scim/schema/resource-types'
import { testDatabase } from '#tests/database'
import { type ScimClient, scimClient } from '#tests/scim-client'
import { patchUser } from './patch-user.ts'

await testDatabase()

let client: ScimClient
beforeAll(async () => {
  client = await scimClient()
})
afterEach(() => void vi.useRealTimers())

const PATCH = 'urn:ietf:params:scim:api:messages:2.0:PatchOp'
const numbers = Array.from({ length: 12 }, (_, i) => i)
const create = async (userName: string) =>
  (await client.call('POST', '/Users', { userName })).json.id as string
const retitle = (title: string) => ({ schemas: [PATCH], Operations: [{ op: 'replace', value: { title } }] })

/** Of each user the place in the order of changes and the time of the last one: the same, and each user once. */
async function expectInOrder(): Promise<void> {
  const { rows } = await pool().query(
    `SELECT coalesce(c.id, u.id) AS id, c.changed_at AS placed, u.updated_at AS changed
     FROM (SELECT * FROM user_change WHERE team_id = $1) c
     FULL JOIN (SELECT * FROM directory_user WHERE team_id = $1) u ON u.id = c.id
     WHERE c.changed_at IS DISTINCT FROM u.updated_at`,
    [client.teamId],
  )
  expect(rows).toEqual([])
  const { json } = await client.call('GET', '/Users?sortBy=meta.lastModified&count=1000')
  expect(json.Resources).toHaveLength(json.totalResults)
}

test('PUTs, PATCHes, pages by hand and a DELETE of one user at once leave each user one place', async () => {
  const ids = await Promise.all(numbers.map((i) => create(`at-once-${i}`)))
  const byHand = (id: string, i: number) =>
    patchUser(
      {
        teamId: client.teamId,
        now: Date.now(),
        connectionId: null,
        recorder: eventRecorder(client.teamId, { kind: 'operator', name: 'operator' }),
        scimBaseUrl: 'http://muster.test/scim/v2',
      },
      id,
      retitle(`By hand ${i}`),
      standardDefinitions.User,
    ).catch(() => undefined)
  await Promise.all(
    ids.flatMap((id, i) => [
      client.call('PUT', `/Users/${id}`, { userName: `at-once-${i}`, title: 'A' }),
      client.call('PATCH', `/Users/${id}`, retitle('B')),
      byHand(id, i),
      ...(i % 3 === 0 ? [client.call('DELETE', `/Users/${id}`)] : []),
      client.call('PATCH', `/Users/${id}`, retitle('B')),
    ]),
  )
  await expectInOrder()
})

test('neither a clock that stands still nor one that goes back takes a user out of the order', async () => {
  const ids = await Promise.all(numbers.map((i) => create(`clock-${i}`)))
  const now = Date.now()
  vi.useFakeTimers({ toFake: ['Date'], now })
  for (const title of ['same', 'moment'])
    await Promise.all(ids.map((id) => client.call('PATCH', `/Users/${id}`, retitle(title))))
  await expectInOrder()
  vi.setSystemTime(now - 3_600_000)
  const back = await Promise.all(ids.map((id) => client.call('PATCH', `/Users/${id}`, retitle('back'))))
  expect(back.map(({ status }) => status)).toEqual(ids.map(() => 200))
  await Promise.all([create('clock-late'), client.call('DELETE', `/Users/${ids[0]}`)])
  await expectInOrder()
})

test('a user whom nobody managed keeps their place when they are taken over, and when nothing changes', async () => {
  const id = await create('unmanaged')
  await pool().query('UPDATE directory_user SET managed_by = NULL WHERE team_id = $1 AND id = $2', [
    client.teamId,
    id,
  ])
  for (let time = 0; time < 2; time++) {
    expect((await client.call('PUT', `/Users/${id}`, { userName: 'unmanaged' })).status).toBe(200)
    await expectInOrder()
  }
})

test('two users who swap their names at once are refused, or one of them, and never with a fault', async () => {
  const ids = [await create('swap-a'), await create('swap-b')]
  for (let time = 0; time < 10; time++) {
    const replies = await Promise.all([
      client.call('PUT', `/Users/${ids[0]}`, { userName: 'swap-b' }),
      client.call('PUT', `/Users/${ids[1]}`, { userName: 'swap-a' }),
    ])
    for (const { status, text } of replies) expect([200, 409], text).toContain(status)
  }
  await expectInOrder()
})
