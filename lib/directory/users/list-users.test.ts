import { beforeAll, expect, test } from 'vitest'
import { pool } from '#lib/db/pool'
import { testDatabase } from '#tests/database'
import { type ScimClient, scimClient } from '#tests/scim-client'

await testDatabase()
let acme: ScimClient

/** Names that a text spliced together could break on. */
const NAMES = ['Zoë’s "own"', 'back\\slash', 'tab\tand\nline', '[],{}:', 'Ünicode 🧑‍🚀', 'apple', 'Apple']
const groupIds: string[] = []

beforeAll(async () => {
  acme = await scimClient()
  const userIds: string[] = []
  for (let i = 0; i < 6; i++) {
    const name = { formatted: NAMES[i], familyName: 'Page' }
    const { json } = await acme.call('POST', '/Users', {
      userName: `page-${i}@example.com`,
      name,
      active: i !== 2,
    })
    userIds.push(json.id)
  }
  for (const [i, displayName] of NAMES.entries()) {
    // The last user is in no group.
    const members = userIds.slice(i % 5, 5).map((value) => ({ value }))
    groupIds.push((await acme.call('POST', '/Groups', { displayName, members })).json.id)
  }
  await pool().query(
    `UPDATE directory_user SET created_at = '2024-02-29T23:59:59.9Z', updated_at = '2031-01-01T00:00:00Z' WHERE team_id = $1 AND id = $2`,
    [acme.teamId, userIds[0]],
  )
})

/** Every way to a page, and the users that it is about. */
const PAGES: [query: string, users: number][] = [
  ['', 6],
  ['startIndex=3&count=2', 2],
  ['cursor', 6],
  ['sortBy=userName&sortOrder=descending', 6],
  ['sortBy=userName&cursor', 6],
  ['filter=active eq true', 5],
  ['filter=userName sw "page-"', 6],
  ['filter=name.familyName co "age"', 6],
  ['filter=userName eq "page-1@example.com"', 1],
  ['filter=userName eq "page-1@example.com" or userName eq "page-4@example.com"', 2],
]

async function expectAsReadAlone(): Promise<void> {
  for (const [query, users] of PAGES) {
    const page = await acme.call('GET', `/Users?${query}`)
    expect([query, page.json.Resources?.length]).toEqual([query, users])
    for (const { id } of page.json.Resources)
      expect(page.text).toContain((await acme.call('GET', `/Users/${id}`)).text)
  }
}

test('a page shows each user byte for byte as it is read alone', expectAsReadAlone)

test('so it does where groups are nested', async () => {
  const [inner, outer] = groupIds
  await acme.call('PATCH', `/Groups/${outer}`, {
    schemas: ['urn:ietf:params:scim:api:messages:2.0:PatchOp'],
    Operations: [{ op: 'add', path: 'members', value: [{ value: inner, type: 'Group' }] }],
  })
  const { json } = await acme.call('GET', '/Users?filter=userName eq "page-0@example.com"')
  expect(json.Resources[0].groups).toContainEqual(expect.objectContaining({ value: outer, type: 'indirect' }))
  await expectAsReadAlone()
})
