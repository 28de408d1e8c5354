import { beforeAll, expect, test } from 'vitest'
import { registerExtension, removeExtension } from '#lib/directory/extensions/manage-extensions'
import { userDetail } from '#lib/directory/pages/user-detail'
import { testDatabase } from '#tests/database'
import { exchangesOf, type ScimClient, scimClient } from '#tests/scim-client'

await testDatabase()
const HR = 'urn:example:scim:schemas:extension:hr:1.0:User'
const actor = { kind: 'operator', name: 'test' } as const
let acme: ScimClient
beforeAll(async () => {
  acme = await scimClient()
  await register()
})

const register = () =>
  registerExtension(
    acme.teamId,
    JSON.stringify({
      id: HR,
      name: 'HR',
      attributes: [
        { name: 'grade', type: 'integer', required: true },
        { name: 'badge', caseExact: true, mutability: 'immutable' },
        { name: 'hired', type: 'dateTime' },
        { name: 'notes', returned: 'request' },
        { name: 'pin', returned: 'never' },
        {
          name: 'desks',
          type: 'complex',
          multiValued: true,
          subAttributes: [
            { name: 'value' },
            { name: 'floor', type: 'integer' },
            { name: 'type', canonicalValues: ['quiet', 'open'] },
          ],
        },
      ],
    }),
    actor,
  )

const patch = (id: string, ...Operations: unknown[]) => acme.call('PATCH', `/Users/${id}`, { Operations })
const count = async (filter: string) =>
  (await acme.call('GET', `/Users?filter=${encodeURIComponent(filter)}`)).json.totalResults

test('a team’s own schema is published, validated, stored, filtered, patched and projected', async () => {
  expect((await acme.call('GET', `/Schemas/${HR}`)).json.attributes.map((each: any) => each.name)).toContain(
    'desks',
  )
  expect((await acme.call('GET', '/ResourceTypes/User')).json.schemaExtensions).toContainEqual({
    schema: HR,
    required: false,
  })
  const made = await acme.call('POST', '/Users', {
    userName: 'hr@example.com',
    [HR.toUpperCase()]: {
      Grade: '7',
      badge: 'A1',
      hired: '2024-01-01T01:00:00+01:00',
      notes: 'n',
      pin: '1234',
      nosuch: 1,
    },
  })
  expect(made.status, made.text).toBe(201)
  expect(made.json[HR]).toEqual({ grade: 7, badge: 'A1', hired: '2024-01-01T00:00:00.000Z' })
  expect(made.json.schemas).toEqual(['urn:ietf:params:scim:schemas:core:2.0:User', HR])
  const { id } = made.json
  expect((await acme.call('GET', `/Users/${id}?attributes=${HR}`)).json[HR]).toEqual({
    grade: 7,
    badge: 'A1',
    hired: '2024-01-01T00:00:00.000Z',
    notes: 'n',
  })
  for (const [filter, found] of [
    [`${HR}:grade ge 7`, 1],
    [`${HR}:grade gt 7`, 0],
    [`${HR.toLowerCase()}:BADGE eq "A1"`, 1],
    [`${HR}:badge eq "a1"`, 0],
    [`${HR}:hired lt "2024-01-02T00:00:00Z"`, 1],
    [`${HR}:pin eq "1234"`, 0],
    [`${HR}:desks[floor eq 3]`, 0],
  ] as const)
    expect(await count(filter), filter).toBe(found)
  expect(
    (await patch(id, { op: 'add', path: `${HR}:desks[type eq "quiet"].floor`, value: 3 })).json[HR].desks,
  ).toEqual([{ type: 'quiet', floor: 3 }])
  expect(await count(`${HR}:desks[floor eq 3 and type eq "QUIET"]`)).toBe(1)
  expect((await patch(id, { op: 'replace', value: { [HR]: { grade: 8 } } })).json[HR].grade).toBe(8)
  expect((await patch(id, { op: 'replace', path: `${HR}:badge`, value: 'B2' })).json.scimType).toBe(
    'mutability',
  )
  expect((await patch(id, { op: 'remove', path: `${HR}:grade` })).json.scimType).toBe('mutability')
  expect((await patch(id, { op: 'remove', path: HR })).json.scimType).toBe('mutability')
  expect((await patch(id, { op: 'add', path: `${HR}:grade`, value: 'seven' })).json).toMatchObject({
    scimType: 'invalidValue',
    detail: expect.stringContaining(`${HR}:grade must be a number`),
  })
  const [, refused] = await Promise.all([
    acme.call('POST', '/Users', { userName: 'x1', [HR]: { grade: 1.5 } }),
    acme.call('POST', '/Users', { userName: 'x2', [HR]: { badge: 'no grade' } }),
  ])
  expect(refused.json).toMatchObject({
    scimType: 'invalidValue',
    detail: `${HR}:grade is required and has no value.`,
  })
  const page = (await userDetail(acme.teamId, id))?.attributes[HR]
  expect(page).toMatchObject({ grade: 8, desks: [{ floor: 3 }] })
})

test('an unknown schema is ignored with a note, never refused (RFC 7644 §3.3)', async () => {
  const OTHER = 'urn:example:other:1.0:User'
  const made = await acme.call('POST', '/Users', {
    schemas: ['urn:ietf:params:scim:schemas:core:2.0:User', OTHER],
    userName: 'other@example.com',
    [OTHER]: { a: 1 },
    strange: true,
  })
  expect(made.status).toBe(201)
  expect(made.text).not.toContain(OTHER)
  const [exchange] = await exchangesOf(acme.teamId, 1)
  expect(exchange?.notes.join('\n')).toMatch(/urn:example:other:1\.0:User.*ignored[\s\S]*strange.*ignored/)
  const patched = await patch(made.json.id, { op: 'add', path: `${OTHER}:a`, value: 1 })
  expect(patched.status).toBe(200)
  expect(patched.json.meta).toEqual(made.json.meta)
})

test('a schema that is removed takes its attributes out of sight, and gives them back', async () => {
  const made = await acme.call('POST', '/Users', { userName: 'kept@example.com', [HR]: { grade: 3 } })
  const { id } = made.json
  const path = `/Users/${id}`
  const ofSchema = `userName eq "kept@example.com" and schemas eq "${HR}"`
  expect(await count(ofSchema)).toBe(1)
  await removeExtension(acme.teamId, HR, actor)
  expect(await count(ofSchema)).toBe(0)
  const sorted = await acme.call('POST', '/.search', { filter: ofSchema, sortBy: 'displayName' })
  expect(sorted.json.totalResults).toBe(0)
  expect(await count('userName eq "kept@example.com" and schemas ne "urn:x"')).toBe(1)
  const without = (await acme.call('GET', path)).json
  expect(without).not.toHaveProperty([HR])
  expect(without.schemas).toEqual(['urn:ietf:params:scim:schemas:core:2.0:User'])
  expect((await acme.call('GET', `/Schemas/${HR}`)).status).toBe(404)
  expect(await count(`${HR}:grade eq 3`)).toBe(0)
  expect((await userDetail(acme.teamId, id))?.attributes).not.toHaveProperty([HR])
  expect(
    (await acme.call('PUT', path, { ...without, title: 'Lead', [HR]: { grade: 4 } })).json,
  ).not.toHaveProperty([HR])
  expect((await patch(id, { op: 'replace', path: `${HR}:grade`, value: 5 })).json.title).toBe('Lead')
  await expect(removeExtension(acme.teamId, HR, actor)).rejects.toThrow('no such schema')
  await register()
  const again = (await acme.call('GET', path)).json
  expect(again).toMatchObject({ title: 'Lead', [HR]: { grade: 3 } })
  expect(again.schemas).toContain(HR)
  expect(await count(ofSchema)).toBe(1)
})

test('another team knows nothing of it', async () => {
  const other = await scimClient('Other')
  expect((await other.call('GET', `/Schemas/${HR}`)).status).toBe(404)
  const made = await other.call('POST', '/Users', { userName: 'a', [HR]: { grade: 1 } })
  expect(made.json).not.toHaveProperty([HR])
})

test('a team has each URN once, in one spelling, and twenty schemas at most', async () => {
  const { teamId } = await scimClient()
  const add = (id: string) =>
    registerExtension(teamId, JSON.stringify({ id, attributes: [{ name: 'badge' }] }), actor)
  const urn = (n: number) => `urn:example:scim:schemas:extension:x${n}:1.0:User`
  for (let n = 1; n <= 20; n++) await add(urn(n))
  await expect(add(urn(21))).rejects.toMatchObject({ code: 'conflict' })
  expect(await add(urn(20))).toEqual({ urn: urn(20) })
  await removeExtension(teamId, urn(20), actor)
  const otherwise = urn(20).replace('x20', 'X20')
  await expect(add(otherwise)).rejects.toMatchObject({
    code: 'conflict',
    message: expect.stringContaining(urn(20)),
  })
  expect(await add(urn(20))).toEqual({ urn: urn(20) })
})
