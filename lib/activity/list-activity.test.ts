import { beforeAll, expect, test } from 'vitest'
import { pool } from '#lib/db/pool'
import { newId } from '#lib/platform/ids'
import { testDatabase } from '#tests/database'
import { type ScimClient, scimClient } from '#tests/scim-client'
import { dayCounts } from './activity-counts.ts'
import { type ActivityFilter, SCANNED } from './activity-sql.ts'
import { listActivity } from './list-activity.ts'

await testDatabase()
const NOW = Date.now()
const OLD = newId()
let acme: ScimClient

/** Requests a second apart, the newest just now: two DELETEs only, one of them older than anything that is looked through. */
beforeAll(async () => {
  acme = await scimClient()
  await pool().query(
    `INSERT INTO exchange (team_id, id, at, kind, method, path, status, duration_us, connection_id, action, summary, resource_type)
     SELECT $1, (lpad(to_hex(at), 12, '0') || '7' || lpad(to_hex(n % 4096), 3, '0') || '8' || lpad(to_hex(n), 15, '0'))::uuid, to_timestamp(at / 1000.0), 'scim',
       CASE WHEN n IN (100, ${2 * SCANNED}) THEN 'DELETE' ELSE 'GET' END, '/', CASE WHEN n % 1000 = 0 THEN 404 ELSE 200 END, 1,
       CASE WHEN n = ${2 * SCANNED + 1000} THEN $3::uuid ELSE $4::uuid END, 'x', 'request ' || n, 'User'
     FROM (SELECT n::bigint, $2::bigint - n::bigint * 1000 AS at FROM generate_series(1, ${3 * SCANNED}) n) e`,
    [acme.teamId, NOW, OLD, acme.connectionId],
  )
}, 60_000)

const list = (filter: ActivityFilter) => listActivity(acme.teamId, { kind: 'exchanges', ...filter })

test('what no index knows is looked for in the newest requests, and then further back, until all of it is found', async () => {
  const found: string[] = []
  let filter: ActivityFilter = { method: 'DELETE' }
  let pages = 0
  for (; ; pages++) {
    const page = await list(filter)
    found.push(...page.rows.map((row) => row.summary))
    if (page.after === undefined) {
      expect(page.lookedBackTo).toBeUndefined()
      break
    }
    const back = NOW - Date.parse(page.lookedBackTo ?? '')
    expect(back).toBe((pages + 1) * SCANNED * 1000)
    filter = { method: 'DELETE', after: page.after }
  }
  expect(found).toEqual(['request 100', `request ${2 * SCANNED}`])
  expect(pages).toBe(3)
})

test('the way back to the newer ones meets them too', async () => {
  const found: string[] = []
  let page = await list({
    method: 'DELETE',
    after: (await list({ until: NOW - 2.5 * SCANNED * 1000 })).rows[0]?.id,
  })
  while (page.before !== undefined) {
    page = await list({ method: 'DELETE', before: page.before })
    found.push(...page.rows.map((row) => row.summary))
  }
  expect(found).toEqual([`request ${2 * SCANNED}`, 'request 100'])
})

test('a connection, and errors, are found at once however old they are', async () => {
  expect((await list({ connectionId: OLD })).rows.map((row) => row.summary)).toEqual([
    `request ${2 * SCANNED + 1000}`,
  ])
  const errors = await list({ outcome: 'errors' })
  expect(errors.rows).toHaveLength(50)
  expect(errors.lookedBackTo).toBeUndefined()
  expect((await list({ outcome: 'errors', after: errors.after })).rows).toHaveLength(10)
})

test('days count their errors, and a full page of what is common needs no looking back', async () => {
  const days = await dayCounts(acme.teamId, NOW, 3)
  expect(days.map(({ day }) => day)).toEqual(
    [2, 1, 0].map((ago) => new Date(NOW - ago * 86_400_000).toISOString().slice(0, 10)),
  )
  expect(days.reduce((sum, { errors }) => sum + errors, 0)).toBe(60)
  const page = await list({ method: 'GET' })
  expect(page.rows).toHaveLength(50)
  expect(page.lookedBackTo).toBeUndefined()
})
