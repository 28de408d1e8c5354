import { beforeAll, expect, test } from 'vitest'
import { testDatabase } from '#tests/database'
import { type ScimClient, scimClient } from '#tests/scim-client'
import { exchangeWriter } from './exchange-writer.ts'
import { latestChanges } from './latest-changes.ts'
import { listActivity } from './list-activity.ts'

await testDatabase()
let acme: ScimClient
let ops: string

/** A group is made, found by a POST, renamed to the name that it has, and filled. */
beforeAll(async () => {
  acme = await scimClient()
  const ana = await acme.call('POST', '/Users', { userName: 'ana@acme.com' })
  ops = (await acme.call('POST', '/Groups', { displayName: 'Ops' })).json.id
  const patch = (operation: object) => acme.call('PATCH', `/Groups/${ops}`, { Operations: [operation] })
  await acme.call('POST', '/Groups/.search', { filter: 'displayName eq "Ops"' })
  await patch({ op: 'replace', value: { id: ops, displayName: 'Ops' } })
  await patch({ op: 'add', path: 'members', value: [{ value: ana.json.id }] })
  await acme.call('PUT', `/Users/${ana.json.id}`, { userName: 'ana@acme.com' })
  await exchangeWriter().flush()
})

test('the latest changes are changes: no question, and nothing that only confirmed what was there', async () => {
  const requests = (await latestChanges(acme.teamId, 10)).filter(({ kind }) => kind === 'exchange')
  expect(requests.map(({ summary }) => summary)).toEqual([
    'added 1 member to Ops',
    'created the group Ops',
    'created ana@acme.com',
  ])
})

test('the pushes of a group are its writes, those that confirmed it included', async () => {
  const { rows } = await listActivity(acme.teamId, { resourceId: ops, kind: 'exchanges', writes: true })
  expect(rows.map(({ summary }) => summary)).toEqual([
    'added 1 member to Ops',
    'confirmed Ops; nothing changed',
    'created the group Ops',
  ])
})
