import { describe, expect, test } from 'vitest'
import { scimRefusal } from '#tests/refusal'
import { applyProjection, isProjected, needsProjection, parseProjection } from './projection.ts'
import { attribute } from './schema/attribute-definition.ts'
import { defineResources, standardDefinitions } from './schema/resource-types.ts'

const { User } = standardDefinitions
const enterprise = 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User'
const core = 'urn:ietf:params:scim:schemas:core:2.0:User'
const hr = 'urn:example:hr:2.0:User'
const babs = {
  schemas: [core, enterprise],
  id: '1',
  userName: 'babs',
  name: { familyName: 'Jensen', givenName: 'Barbara' },
  emails: [{ value: 'a', type: 'work' }, { value: 'b' }],
  [enterprise]: { department: 'Sales', manager: { value: 'm', displayName: 'M' } },
  custom: 1,
}
const project = (parameters: object, definition = User, resource: object = babs) =>
  applyProjection(parseProjection(parameters, definition), resource as Record<string, unknown>)

describe('attributes (RFC 7644 §3.9) names what to return', () => {
  test.each([
    ['userName', { schemas: babs.schemas, id: '1', userName: 'babs' }],
    [' USERNAME , , unknown', { schemas: babs.schemas, id: '1', userName: 'babs' }],
    ['name', { schemas: babs.schemas, id: '1', name: babs.name }],
    ['name.givenName', { schemas: babs.schemas, id: '1', name: { givenName: 'Barbara' } }],
    ['emails.type', { schemas: babs.schemas, id: '1', emails: [{ type: 'work' }] }],
    ['emails.display', { schemas: babs.schemas, id: '1' }],
    [`${core}:userName`, { schemas: babs.schemas, id: '1', userName: 'babs' }],
    [enterprise.toUpperCase(), { schemas: babs.schemas, id: '1', [enterprise]: babs[enterprise] }],
    [`${enterprise}:department`, { schemas: babs.schemas, id: '1', [enterprise]: { department: 'Sales' } }],
    [
      `${enterprise}:manager.value`,
      { schemas: babs.schemas, id: '1', [enterprise]: { manager: { value: 'm' } } },
    ],
    [core, { schemas: babs.schemas, id: '1', userName: 'babs', name: babs.name, emails: babs.emails }],
    ['nothing.at.all', { schemas: babs.schemas, id: '1' }],
  ])('%s', (attributes, kept) => {
    expect(project({ attributes })).toEqual(kept)
    expect(project({ attributes: attributes.split(',') })).toEqual(kept)
  })
})

describe('excludedAttributes names what to leave out', () => {
  test.each([
    ['id,schemas,userName', ['schemas', 'id', 'name', 'emails', enterprise, 'custom']],
    ['members', Object.keys(babs)],
    [enterprise, ['schemas', 'id', 'userName', 'name', 'emails', 'custom']],
    ['name.familyName,name.givenName', ['schemas', 'id', 'userName', 'emails', enterprise, 'custom']],
  ])('%s', (excludedAttributes, keys) => {
    expect(Object.keys(project({ excludedAttributes }))).toEqual(keys)
  })
  test('a sub-attribute goes, its neighbours stay', () => {
    const out = project({
      excludedAttributes: `name.familyName, emails.value,${enterprise}:manager.displayName`,
    })
    expect(out).toMatchObject({
      name: { givenName: 'Barbara' },
      emails: [{ type: 'work' }],
      [enterprise]: { department: 'Sales', manager: { value: 'm' } },
    })
    expect(out.name).not.toHaveProperty('familyName')
    expect(out.emails).toHaveLength(1)
  })
})

describe('what the schema says of an attribute holds', () => {
  const options = { type: 'string' } as const
  const { User: Extended } = defineResources(
    [
      {
        id: hr,
        name: 'hr',
        description: '',
        attributes: [
          attribute('badge', '', { ...options, returned: 'request' }),
          attribute('pin', '', { ...options, returned: 'never' }),
          attribute('grade', '', { ...options, returned: 'always' }),
          attribute('floor', ''),
        ],
      },
    ],
    ['urn:Gone:1'],
  )
  const stored = {
    id: '1',
    schemas: [core, 'urn:gone:1'],
    userName: 'babs',
    [hr]: { badge: 'b', pin: 'p', grade: 'g', floor: 'f' },
    'URN:gone:1': { a: 1 },
  }
  test('request only when named, never never, always always; a removed extension is not shown', () => {
    expect(project({}, Extended, stored)).toEqual({
      id: '1',
      schemas: [core],
      userName: 'babs',
      [hr]: { grade: 'g', floor: 'f' },
    })
    expect(project({ attributes: `${hr}:badge,${hr}:pin` }, Extended, stored)).toEqual({
      id: '1',
      schemas: [core],
      [hr]: { badge: 'b', grade: 'g' },
    })
    expect(project({ attributes: hr }, Extended, stored)[hr]).toEqual({ badge: 'b', grade: 'g', floor: 'f' })
    expect(project({ excludedAttributes: `${hr}:grade,${hr}:floor` }, Extended, stored)[hr]).toEqual({
      grade: 'g',
    })
  })
  test('a resource of which nothing is hidden is sent as it is', () => {
    expect(needsProjection({}, User)).toBe(false)
    expect(needsProjection({ attributes: ' ', excludedAttributes: [] }, User)).toBe(false)
    expect(needsProjection({ attributes: 'id' }, User)).toBe(true)
    expect(needsProjection({ excludedAttributes: ['id'] }, User)).toBe(true)
    expect(needsProjection({ attributes: 5 }, User)).toBe(true)
    expect(needsProjection({}, Extended)).toBe(true)
    expect(needsProjection({}, defineResources([], ['urn:x']).User)).toBe(true)
    expect(
      needsProjection(
        {},
        defineResources([{ id: 'urn:x', name: '', description: '', attributes: [attribute('a', '')] }]).User,
      ),
    ).toBe(false)
  })
  test('whether members, groups or an extension’s attribute are loaded at all', () => {
    const shows = (parameters: object, path: string, definition = User) =>
      isProjected(parseProjection(parameters, definition), path)
    expect(shows({}, 'groups')).toBe(true)
    expect(shows({ attributes: 'groups' }, 'groups')).toBe(true)
    expect(shows({ attributes: 'groups.value' }, 'groups')).toBe(true)
    expect(shows({ attributes: 'userName' }, 'groups')).toBe(false)
    expect(shows({ excludedAttributes: 'groups' }, 'groups')).toBe(false)
    expect(shows({ excludedAttributes: 'groups.value' }, 'groups')).toBe(true)
    expect(shows({ excludedAttributes: 'userName' }, 'groups')).toBe(true)
    expect(shows({ attributes: hr }, `${hr}:badge`, Extended)).toBe(true)
    expect(shows({ attributes: `${hr}:badge` }, `${hr}:badge`, Extended)).toBe(true)
    expect(shows({}, `${hr}:badge`, Extended)).toBe(false)
    expect(shows({}, 'unknown')).toBe(true)
  })
  test('keys named __proto__ are not carried over, and the input stays as it is', () => {
    const input = JSON.parse('{"__proto__":{"a":1},"name":{"__proto__":{"a":1},"givenName":"x"},"emails":[]}')
    const text = JSON.stringify(input)
    expect(JSON.stringify(project({}, User, input))).toBe('{"name":{"givenName":"x"},"emails":[]}')
    expect(JSON.stringify(input)).toBe(text)
  })
})

describe('lists that are refused', () => {
  test.each([
    [
      { attributes: 'id', excludedAttributes: 'id' },
      'attributes and excludedAttributes cannot be used together.',
    ],
    [{ attributes: 5 }, 'attributes must be a list of attribute names, not 5.'],
    [{ excludedAttributes: ['id', 5] }, 'excludedAttributes must be a list of attribute names, not id,5.'],
    [{ attributes: Array(201).fill('id').join() }, 'attributes names more than 200 attributes.'],
    [{ excludedAttributes: Array(201).fill('id') }, 'excludedAttributes names more than 200 attributes.'],
  ])('%j', (parameters, detail) => {
    expect(scimRefusal(() => parseProjection(parameters, User))).toBe(`400 invalidValue: ${detail}`)
  })
  test('two hundred names are read', () => {
    expect(parseProjection({ attributes: Array(200).fill('id').join() }, User)).toMatchObject({
      kind: 'only',
    })
    expect(parseProjection({}, User).kind).toBe('default')
    expect(parseProjection({ excludedAttributes: 'id' }, User).kind).toBe('except')
  })
})
