import { readFileSync } from 'node:fs'
import path from 'node:path'
import { beforeEach, describe, expect, test } from 'vitest'
import { pool } from '#lib/db/pool'
import { findAnything } from '#lib/directory/pages/find-anything'
import { searchUsers } from '#lib/directory/pages/search-users'
import { testDatabase } from './database.ts'
import { type ScimClient, scimClient } from './scim-client.ts'

await testDatabase()
let acme: ScimClient
beforeEach(async () => {
  acme = await scimClient()
})

const create = (userName: string, more: object = {}) => acme.call('POST', '/Users', { userName, ...more })
const find = async (filter: string, path = 'Users') =>
  ((await acme.call('GET', `/${path}?filter=${encodeURIComponent(filter)}`)).json.Resources ?? []) as {
    id: string
  }[]

/** The same name, typed in two ways. */
const SAME: [how: string, one: string, other: string][] = [
  ['an accent as a character of its own', 'andr\u00e9@example.com', 'Andre\u0301@example.com'],
  ['two accents', '\u1ec7@example.com', 'E\u0323\u0302@example.com'],
  ['Korean syllables as letters', '\ud55c@example.com', '\u1112\u1161\u11ab@example.com'],
  ['a dotted capital I', 'i\u0307@example.com', '\u0130@example.com'],
  ['the sign of an angstrom', '\u00e5@example.com', '\u212b@example.com'],
  ['wide letters', 'ana@example.com', '\uff21\uff4e\uff41\uff20example.com'],
  ['narrow kana', '\u30ac@example.com', '\uff76\uff9e@example.com'],
  ['a wide space', 'ana b@example.com', 'Ana\u3000B@example.com'],
]

describe.each(SAME)('%s', (_how, one, other) => {
  test('makes no other userName: found, refused as taken, kept as it was sent', async () => {
    const { status, json } = await create(one)
    expect(status).toBe(201)
    expect(json.userName).toBe(one)
    expect(await find(`userName eq "${other}"`)).toMatchObject([{ id: json.id }])
    expect(await find(`userName sw "${other.slice(0, -4)}" and active pr`)).toMatchObject([{ id: json.id }])
    expect(await find(`userName ne "${other}"`)).toEqual([])
    expect(await create(other)).toMatchObject({ status: 409, json: { scimType: 'uniqueness' } })
    const renamed = await acme.call('PUT', `/Users/${json.id}`, { userName: other })
    expect(renamed).toMatchObject({ status: 200, json: { userName: other } })
    expect(await find(`userName eq "${one}"`)).toMatchObject([{ id: json.id }])
    const { rows } = await searchUsers(acme.teamId, { q: one.slice(0, -1) })
    expect(rows.map(({ id }) => id)).toEqual([json.id])
  })
})

test('several at once who have one name in different forms become one user', async () => {
  const replies = await Promise.all([
    create('jose\u0301'),
    create('jos\u00e9'),
    create('JOSE\u0301'),
    create('JOS\u00c9'),
  ])
  expect(replies.map(({ status }) => status).toSorted()).toEqual([201, 409, 409, 409])
})

test('display names, family names, addresses, titles and group names are found in either form', async () => {
  const { json } = await create('ana', {
    displayName: 'Zoe\u0301 Lefe\u0300vre',
    name: { familyName: 'Lefe\u0300vre', givenName: 'Zoe\u0301' },
    emails: [{ value: 'zoe\u0301@example.com', type: 'work', primary: true }],
    title: 'Ge\u0301rante',
  })
  const group = await acme.call('POST', '/Groups', { displayName: 'E\u0301quipe' })
  for (const filter of [
    'displayName eq "zo\u00e9 lef\u00e8vre"',
    'name.familyName eq "LEF\u00c8VRE"',
    'name.givenName sw "zo\u00e9"',
    'emails.value eq "zo\u00e9@example.com"',
    'emails[value co "zo\u00e9"]',
    'title eq "g\u00e9rante"',
    'title co "\u00e9rant"',
  ])
    expect([filter, await find(filter)]).toMatchObject([filter, [{ id: json.id }]])
  expect(await find('displayName eq "\u00e9quipe"', 'Groups')).toMatchObject([{ id: group.json.id }])
  expect((await acme.call('POST', '/Groups', { displayName: '\u00c9QUIPE' })).status).toBe(409)
  const [found] = await findAnything(acme.teamId, '\u00e9quipe')
  expect(found).toMatchObject({ id: group.json.id })
})

test('what is compared with case is compared as it was sent', async () => {
  await create('ana', { externalId: 'e\u0301' })
  expect(await find('externalId eq "\u00e9"')).toEqual([])
  expect(await find('externalId eq "e\u0301"')).toHaveLength(1)
})

const MIGRATION = readFileSync(
  path.resolve(import.meta.dirname, '../prisma/migrations/20261201120000_names_in_nfc/migration.sql'),
  'utf8',
)

test('users and groups of before are found by it after the upgrade, and where two are one the first has the name', async () => {
  const made = async (name: string, key: string) => {
    const { json } = await create(`${name}@example.com`)
    await pool().query(
      'UPDATE directory_user SET user_name = $2, user_name_key = $3, display_name_key = $3, search_text = $3 WHERE id = $1',
      [json.id, key, key],
    )
    return json.id as string
  }
  const first = await made('1', 'rene\u0301@example.com')
  const second = await made('2', 're\u0301ne\u0301@example.com')
  const wide = await made('3', '\uff42\uff4f\uff42@example.com')
  const taken = await made('4', 'ada\u0308@example.com')
  const holder = await made('5', 'ad\u00e4@example.com')
  const twin = await made('6', 're\u0301n\u00e9@example.com')
  const plain = await made('7', 'plain@example.com')
  const group = (await acme.call('POST', '/Groups', { displayName: 'x' })).json.id
  await pool().query('UPDATE directory_group SET name_key = $2 WHERE id = $1', [group, 'e\u0301quipe'])
  await pool().query(MIGRATION)
  await pool().query(MIGRATION)
  expect(await find('userName eq "ren\u00e9@example.com"')).toMatchObject([{ id: first }])
  expect(await find('userName eq "r\u00e9n\u00e9@example.com"')).toMatchObject([{ id: second }])
  expect(await find('userName eq "bob@example.com"')).toMatchObject([{ id: wide }])
  expect(await find('userName eq "ad\u00e4@example.com"')).toMatchObject([{ id: holder }])
  expect(await find('userName eq "plain@example.com"')).toMatchObject([{ id: plain }])
  expect(await find('displayName eq "\u00e9quipe"', 'Groups')).toMatchObject([{ id: group }])
  for (const [id, name] of [
    [taken, 'ada\u0308@example.com'],
    [twin, 're\u0301n\u00e9@example.com'],
  ] as const) {
    expect((await acme.call('GET', `/Users/${id}`)).status).toBe(200)
    expect(await acme.call('PUT', `/Users/${id}`, { userName: name })).toMatchObject({ status: 409 })
  }
  const { rows } = await searchUsers(acme.teamId, { q: 'bob' })
  expect(rows.map(({ id }) => id)).toEqual([wide])
})
