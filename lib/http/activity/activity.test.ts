import { beforeAll, expect, test } from 'vitest'
import { exchangeWriter } from '#lib/activity/exchange-writer'
import { listActivity } from '#lib/activity/list-activity'
import { connectionSummaries } from '#lib/connections/connection-summaries'
import { prisma } from '#lib/db/prisma-client'
import { testDatabase } from '#tests/database'
import { aMember, joins, type TestMember } from '#tests/oauth-world'
import { type ScimClient, scimClient } from '#tests/scim-client'
import { activityFilter } from './activity-search.ts'
import { exportActivity } from './export-activity.ts'
import { newerActivity } from './newer-activity.ts'

await testDatabase()
let acme: ScimClient
let slug: string
let reviewer: TestMember
let ana: { id: string }

const ask = (path: string, member?: TestMember) =>
  new Request(`http://muster.test/${slug}/activity/${path}`, {
    headers: member ? { cookie: member.cookie } : {},
  })

beforeAll(async () => {
  acme = await scimClient('Acme')
  slug = (await prisma().team.findUniqueOrThrow({ where: { id: acme.teamId } })).slug
  reviewer = await aMember('Rory')
  await joins(reviewer, { id: acme.teamId, slug, name: 'Acme' }, 'reviewer')
  ana = (await acme.call('POST', '/Users', { userName: 'Ana@acme.com', externalId: '00uANA', active: true }))
    .json
  await acme.call('POST', '/Users', { userName: '=HYPERLINK("http://evil")', active: true })
  await acme.call('POST', '/Groups', { displayName: 'Ops', members: [{ value: ana.id }] })
  await acme.call('POST', '/Groups', { displayName: 'ops' })
  await exchangeWriter().flush()
})

async function found(state: Parameters<typeof activityFilter>[1]) {
  const connections = await connectionSummaries(acme.teamId)
  const filter = await activityFilter(acme.teamId, state, connections, Date.now())
  return filter && (await listActivity(acme.teamId, filter)).rows
}

test('what is searched for may be a name, an external id, or the id of a resource, an entry, a connection or an actor', async () => {
  const [created] = (await found({ q: 'ana@ACME.com' })) ?? []
  expect(created?.action).toBe('user.create')
  expect(await found({ q: '00uANA' })).toEqual([created])
  expect(await found({ q: ana.id.toUpperCase() })).toEqual([created])
  expect(await found({ q: created?.id })).toEqual([created])
  expect(await found({ q: acme.connectionId })).toHaveLength(4)
  expect(await found({ q: acme.serviceUserId })).toHaveLength(4)
  expect(await found({ q: 'nobody' })).toBeUndefined()
})

test('filters narrow by actor, status class and exact times; what is not theirs to know is ignored', async () => {
  expect(await found({ actor: acme.serviceUserId })).toHaveLength(4)
  expect(await found({ actor: reviewer.id })).toEqual([])
  expect((await found({ status: '4' }))?.map((row) => row.request?.status)).toEqual([409])
  expect(await found({ status: '9', kind: 'nonsense', from: 'yesterday', after: '1; DROP' })).toHaveLength(5)
  const minute = (at: number) => new Date(at).toISOString().slice(0, 16)
  expect(await found({ to: minute(Date.now() - 60_000) })).toEqual([])
  expect(await found({ from: minute(Date.now() - 120_000), to: minute(Date.now() + 120_000) })).toHaveLength(
    5,
  )
})

test('an export holds what the filter shows, as CSV that no spreadsheet runs, and as JSON', async () => {
  const csv = await exportActivity(ask('export?format=csv', reviewer), slug)
  expect(csv.headers.get('content-disposition')).toMatch(/^attachment; filename="muster-activity-.*\.csv"$/)
  const lines = (await csv.text()).trimEnd().split('\r\n')
  // A heading, four requests, and that the team was made.
  expect(lines).toHaveLength(6)
  expect(lines[0]).toMatch(/^id,at,kind,actor,action,summary,method/)
  expect(lines.join('\n')).toContain(`"'=HYPERLINK(""http://evil"")"`)
  const json = await exportActivity(ask('export?format=json&outcome=errors', reviewer), slug)
  expect(await json.json()).toMatchObject([
    { status: 409, method: 'POST', error: expect.stringContaining('“ops”') },
  ])
  const none = await exportActivity(ask('export?format=json&q=nobody', reviewer), slug)
  expect(await none.json()).toEqual([])
})

test('newer entries are counted by the same filters', async () => {
  const rows = (await found({})) ?? []
  const count = async (query: string) => (await newerActivity(ask(`newer?${query}`, reviewer), slug)).json()
  expect(await count(`before=${rows.at(-1)?.id}`)).toEqual({ count: 4, more: false })
  expect(await count(`before=${rows.at(-1)?.id}&outcome=errors`)).toEqual({ count: 1, more: false })
  expect(await count(`before=${rows[0]?.id}`)).toEqual({ count: 0, more: false })
})

test('nobody else is told anything', async () => {
  const stranger = await aMember('Sam')
  for (const member of [undefined, stranger]) {
    expect((await exportActivity(ask('export', member), slug)).status).toBe(404)
    expect((await newerActivity(ask('newer', member), slug)).status).toBe(404)
  }
})
