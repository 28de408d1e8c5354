import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { getRequestListener } from '@hono/node-server'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { pool } from '#lib/db/pool'
import { createScratchTeam, removeScratchTeam } from '#lib/directory/teams/scratch-team'
import { protocolFetch } from '#lib/http/protocol'
import { NIL_ID } from '#lib/platform/ids'
import { testDatabase } from '#tests/database'
import { scimClient } from '#tests/scim-client'
import { runSelfTest } from './run-self-test.ts'
import { beginRun, finishRun, latestRun, recordStep } from './self-test-runs.ts'
import type { StepResult } from './self-test-types.ts'
import { requestSteps, SUITES } from './suites.ts'

await testDatabase()
/** What stands between the test and Muster: like a proxy, it may spoil answers. */
let spoil: (request: Request) => Response | undefined = () => undefined
const server = createServer(
  getRequestListener(async (request) => spoil(request) ?? protocolFetch(request), {
    overrideGlobalObjects: false,
  }),
)
beforeAll(() => new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve)))
afterAll(() => new Promise((resolve) => server.close(resolve)))
const scimBaseUrl = () => `http://127.0.0.1:${(server.address() as AddressInfo).port}/scim/v2`

async function run(): Promise<{ outcome: string; steps: StepResult[] }> {
  const steps: StepResult[] = []
  const outcome = await runSelfTest(scimBaseUrl(), async (step) => void steps.push(step))
  return { outcome, steps }
}

/** How many rows each table holds, but for the requests that named no team: one of Okta's tests sends a wrong token. */
async function rowCounts(): Promise<Record<string, number>> {
  const { rows } = await pool().query<{ name: string }>(
    `SELECT c.relname AS name FROM pg_class c WHERE c.relnamespace = 'public'::regnamespace
     AND c.relkind IN ('r', 'p') AND NOT c.relispartition`,
  )
  const counts: Record<string, number> = {}
  for (const { name } of rows)
    counts[name] = (await pool().query(`SELECT count(*)::int AS n FROM "${name}" ${named(name)}`)).rows[0].n
  return counts
}
const named = (table: string) => (table === 'exchange' ? `WHERE team_id <> '${NIL_ID}'` : '')

test('every step of Okta’s tests passes against a live server, and no row is left of its team', async () => {
  await scimClient('Bystander')
  const before = await rowCounts()
  const { outcome, steps } = await run()
  expect(
    steps.filter((step) => !step.passed).map(({ title, checks }) => ({ title, checks })),
    'failed steps',
  ).toEqual([])
  expect(outcome).toBe('passed')
  expect(steps).toHaveLength(SUITES.flatMap(requestSteps).length)
  expect(await rowCounts()).toEqual(before)
})

test('each step holds its requests and answers, without token and password', async () => {
  const { steps } = await run()
  for (const { title, exchanges, checks } of steps) {
    expect(exchanges.length, title).toBeGreaterThan(0)
    expect(checks.length, title).toBeGreaterThan(0)
  }
  const assigned = steps.find((step) => step.title.startsWith('Assign user'))
  expect(assigned?.exchanges.map(({ by, method }) => `${by} ${method}`)).toEqual([
    'test POST',
    'okta GET',
    'okta POST',
  ])
  const text = JSON.stringify(steps)
  expect(text).not.toMatch(/mst_st_|Kv7J2LEa/)
  expect(text).toContain('Bearer [redacted]')
})

test('a server that does not deactivate is found out, and its team is removed all the same', async () => {
  spoil = (request) =>
    request.method === 'PATCH' ? new Response('error code: 502', { status: 502 }) : undefined
  try {
    const before = await rowCounts()
    const { outcome, steps } = await run()
    expect(outcome).toBe('failed')
    const failed = steps.filter((step) => !step.passed)
    expect(failed.map((step) => step.suite)).not.toContain('crud-private')
    expect(failed.map((step) => step.title)).toContain('Verify if user is deactivated in SCIM App')
    const deactivation = failed.find((step) => step.title === 'Deactivate user in Okta')
    expect(deactivation?.checks.find((check) => !check.passed)?.found).toMatch(/Bad Gateway/)
    expect(await rowCounts()).toEqual(before)
  } finally {
    spoil = () => undefined
  }
})

test('a server that is not there is said so, and leaves nothing behind', async () => {
  const before = await rowCounts()
  await expect(runSelfTest('http://127.0.0.1:1/scim/v2', async () => {})).rejects.toThrow(/refused|verified/i)
  expect(await rowCounts()).toEqual(before)
})

test('what a run that died has left is removed by the next one; other teams cannot be removed so', async () => {
  const bystander = await scimClient('Kept')
  await expect(removeScratchTeam(bystander.teamId)).rejects.toThrow(/no such scratch team/)
  const dead = await createScratchTeam('Dead', new Date(Date.now() - 1))
  await run()
  const { rows } = await pool().query('SELECT id FROM team WHERE id = ANY($1)', [[bystander.teamId, dead.id]])
  expect(rows).toEqual([{ id: bystander.teamId }])
})

test('of two that start at once in a team one begins, and the other is shown it', async () => {
  const { teamId, connectionId } = await scimClient('Twice')
  const now = Date.now()
  const begin = (at = now) => beginRun({ teamId, connectionId, startedBy: 'dana@example.com', now: at })
  const both = await Promise.all([begin(), begin(), begin()])
  expect(both.filter(({ begun }) => begun)).toHaveLength(1)
  expect(new Set(both.map(({ id }) => id)).size).toBe(1)
  const id = both[0]?.id as string
  const step = { suite: 'spec', number: 1, title: 'half a \ud800 and a \0' } as StepResult
  await recordStep(teamId, id, step, now)
  expect(await latestRun(teamId, connectionId, now)).toMatchObject({
    id,
    outcome: null,
    startedBy: 'dana@example.com',
    steps: [{ title: 'half a \ufffd and a \ufffd' }],
  })
  await finishRun(teamId, id, 'passed', now)
  expect(await latestRun(teamId, connectionId, now)).toMatchObject({ outcome: 'passed' })
  expect((await begin(now + 1)).begun).toBe(true)
  const later = now + 120_000
  expect(await latestRun(teamId, connectionId, later)).toMatchObject({ outcome: 'interrupted' })
  expect((await begin(later)).begun, 'a run whose process is gone does not stand in the way').toBe(true)
})

test('the runs of another team are not there', async () => {
  const [one, other] = [await scimClient('One'), await scimClient('Other')]
  await beginRun({ teamId: one.teamId, connectionId: one.connectionId, startedBy: 'x', now: Date.now() })
  expect(await latestRun(other.teamId, one.connectionId, Date.now())).toBeUndefined()
})
