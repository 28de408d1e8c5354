import { beforeAll, describe, expect, test } from 'vitest'
import { pool } from '#lib/db/pool'
import { testDatabase } from '#tests/database'
import { exchangesOf, type ScimClient, scimClient } from '#tests/scim-client'

await testDatabase()
const DIRECTORY = 'urn:muster:scim:schemas:extension:directory:1.0:User'
let acme: ScimClient
const id: Record<string, string> = {}

const make = async (path: string, body: object) => (await acme.call('POST', path, body)).json.id as string
const grant = (group: string, role: string) =>
  pool().query(
    `INSERT INTO role_grant (team_id, group_id, role_id, granted_by) SELECT team_id, $2, id, 'test' FROM role WHERE team_id = $1 AND name = $3`,
    [acme.teamId, group, role],
  )
const facts = async (user: string, attributes = DIRECTORY) =>
  (await acme.call('GET', `/Users/${id[user]}?attributes=${attributes}`)).json[DIRECTORY]
const found = async (filter: string) =>
  (await acme.call('POST', '/Users/.search', { filter, sortBy: 'userName' })).json.Resources?.map(
    (user: { userName: string }) => user.userName,
  )

beforeAll(async () => {
  acme = await scimClient()
  id.in = await make('/Users', { userName: 'in' })
  id.around = await make('/Users', { userName: 'around' })
  id.assigned = await make('/Users', { userName: 'assigned', roles: [{ value: 'access_admin' }] })
  id.nobody = await make('/Users', { userName: 'nobody' })
  id.inner = await make('/Groups', { displayName: 'Inner', members: [{ value: id.around }] })
  id.outer = await make('/Groups', { displayName: 'Outer', members: [{ value: id.in }, { value: id.inner }] })
  // A loop: Inner contains Outer as well.
  await acme.call('PATCH', `/Groups/${id.inner}`, {
    Operations: [{ op: 'add', path: 'members', value: [{ value: id.outer }] }],
  })
  await grant(id.outer, 'access_admin')
})

const everyone = {
  value: 'access_user',
  $ref: expect.stringMatching(/\/Roles\/access_user$/),
  display: 'User',
  type: 'everyone',
  viaDisplay: 'everyone',
}
const admin = {
  value: 'access_admin',
  $ref: expect.stringMatching(/\/Roles\/access_admin$/),
  display: 'Administrator',
}

describe('Muster’s own extension of the User', () => {
  test('says which role through which group, directly, through nested groups, or by assignment', async () => {
    const outer = { ...admin, via: id.outer, viaDisplay: 'Outer' }
    expect(await facts('in')).toEqual({
      managedBy: acme.connectionId,
      effectiveRoles: [{ ...outer, type: 'direct' }, everyone],
    })
    expect((await facts('around')).effectiveRoles).toEqual([{ ...outer, type: 'indirect' }, everyone])
    expect((await facts('assigned')).effectiveRoles).toEqual([{ ...admin, type: 'assigned' }, everyone])
    expect((await facts('nobody')).effectiveRoles).toEqual([everyone])
  })

  test('is returned only when asked for by name, alone or in part', async () => {
    const { json } = await acme.call('GET', `/Users/${id.in}`)
    expect(json).not.toHaveProperty([DIRECTORY])
    expect(json.schemas).not.toContain(DIRECTORY)
    const shown = (await acme.call('GET', `/Users/${id.in}?attributes=${DIRECTORY}:effectiveRoles.value`))
      .json
    expect(shown).toMatchObject({ schemas: expect.arrayContaining([DIRECTORY]) })
    expect(shown[DIRECTORY]).toEqual({
      effectiveRoles: [{ value: 'access_admin' }, { value: 'access_user' }],
    })
    const list = (await acme.call('GET', `/Users?attributes=userName,${DIRECTORY}:managedBy`)).json.Resources
    expect(list.map((user: any) => user[DIRECTORY])).toEqual(Array(4).fill({ managedBy: acme.connectionId }))
    const patched = await acme.call('PATCH', `/Users/${id.in}?attributes=${DIRECTORY}:managedBy`, {
      Operations: [{ op: 'replace', path: 'title', value: 'x' }],
    })
    expect(patched.json[DIRECTORY]).toEqual({ managedBy: acme.connectionId })
    const root = (
      await acme.call('POST', '/.search', { attributes: [DIRECTORY], filter: 'userName eq "in"' })
    ).json
    expect(root.Resources[0][DIRECTORY].effectiveRoles).toHaveLength(2)
  })

  test.each([
    ['value eq "access_admin"', ['around', 'assigned', 'in']],
    ['value eq "access_user"', ['around', 'assigned', 'in', 'nobody']],
    ['value eq "reporting_user"', []],
    ['value sw "access_a"', ['around', 'assigned', 'in']],
    ['value pr', ['around', 'assigned', 'in', 'nobody']],
    ['type eq "indirect"', ['around']],
    ['type eq "ASSIGNED"', ['assigned']],
    ['viaDisplay eq "outer"', ['around', 'in']],
    ['$ref ew "/Roles/access_admin"', ['around', 'assigned', 'in']],
  ])('is found by effectiveRoles.%s', async (filter, users) => {
    expect(await found(`${DIRECTORY}:effectiveRoles.${filter}`)).toEqual(users)
  })

  test('is found by value paths, negation and its manager', async () => {
    const roles = `${DIRECTORY}:effectiveRoles`
    expect(await found(`${roles}[value eq "access_admin" and type eq "direct"]`)).toEqual(['in'])
    expect(await found(`${roles}[value eq "access_admin" and via eq "${id.outer}"]`)).toEqual([
      'around',
      'in',
    ])
    expect(await found(`not (${roles}.value eq "access_admin")`)).toEqual(['nobody'])
    expect(await found(`${DIRECTORY}:managedBy eq "${acme.connectionId}" and userName eq "in"`)).toEqual([
      'in',
    ])
    expect(await found(`groups.value eq "${id.outer}"`)).toEqual(['around', 'in'])
  })

  test('is published, and is read-only: an echo in PUT is ignored without a word, a PATCH of it is refused', async () => {
    const schema = (await acme.call('GET', `/Schemas/${DIRECTORY}`)).json
    expect(schema.attributes.map((each: any) => [each.name, each.mutability, each.returned])).toEqual([
      ['managedBy', 'readOnly', 'request'],
      ['effectiveRoles', 'readOnly', 'request'],
    ])
    expect((await acme.call('GET', '/ResourceTypes/User')).json.schemaExtensions).toContainEqual({
      schema: DIRECTORY,
      required: false,
    })
    const read = (
      await acme.call('GET', `/Users/${id.nobody}?attributes=userName,schemas,active,${DIRECTORY}`)
    ).json
    expect((await acme.call('PUT', `/Users/${id.nobody}`, read)).status).toBe(200)
    const [exchange] = await exchangesOf(acme.teamId, 1)
    expect(exchange?.notes).toEqual([])
    expect((await facts('nobody')).effectiveRoles).toEqual([everyone])
    const refused = await acme.call('PATCH', `/Users/${id.nobody}`, {
      Operations: [{ op: 'replace', path: `${DIRECTORY}:managedBy`, value: 'me' }],
    })
    expect(refused).toMatchObject({ status: 400, json: { scimType: 'mutability' } })
  })
})
