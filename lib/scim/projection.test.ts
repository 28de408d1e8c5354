import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { definitions, HR } from '#tests/arbitrary/resources'
import { applyProjection, isProjected, needsProjection, parseProjection } from './projection.ts'
import { standardDefinitions } from './schema/resource-types.ts'
import {
  ENTERPRISE_USER_SCHEMA as ENTERPRISE,
  DIRECTORY_USER_SCHEMA as MUSTER,
  USER_SCHEMA,
} from './schema/urns.ts'

const user = {
  schemas: [USER_SCHEMA, ENTERPRISE, HR],
  id: '1',
  meta: { resourceType: 'User', version: 'W/"1"' },
  userName: 'u',
  name: { givenName: 'A', familyName: 'B' },
  emails: [{ value: 'a', type: 'work' }, { value: 'b' }],
  groups: [],
  [ENTERPRISE]: { department: 'IT', manager: { value: 'm', displayName: 'M' } },
  [HR]: { grade: 1, pin: '1234', notes: 'n' },
}
const project = (parameters: { attributes?: unknown; excludedAttributes?: unknown }) =>
  applyProjection(parseProjection(parameters, definitions.User), user)
const always = { schemas: user.schemas, id: '1' }

describe('RFC 7644 §3.4.2.5', () => {
  test.each<[string, object]>([
    ['userName', { ...always, userName: 'u' }],
    [' USERNAME , nosuch,', { ...always, userName: 'u' }],
    ['name.givenName', { ...always, name: { givenName: 'A' } }],
    ['name.givenName,name', { ...always, name: user.name }],
    ['emails.type', { ...always, emails: [{ type: 'work' }] }],
    ['emails.value', { ...always, emails: [{ value: 'a' }, { value: 'b' }] }],
    ['groups', { ...always, groups: [] }],
    ['meta.version', { ...always, meta: { version: 'W/"1"' } }],
    [ENTERPRISE, { ...always, [ENTERPRISE]: user[ENTERPRISE] }],
    [`${ENTERPRISE}:manager.displayName`, { ...always, [ENTERPRISE]: { manager: { displayName: 'M' } } }],
    [`${USER_SCHEMA}:userName`, { ...always, userName: 'u' }],
    [HR, { ...always, [HR]: { grade: 1, notes: 'n' } }],
    [`${HR}:notes`, { ...always, [HR]: { notes: 'n' } }],
    [`${HR}:pin`, always],
    ['nosuch', always],
  ])('attributes=%s', (attributes, shown) => {
    expect(project({ attributes })).toEqual(shown)
    expect(project({ attributes: attributes.split(',') })).toEqual(shown)
  })

  test.each<[string, string[]]>([
    ['userName,emails', ['schemas', 'id', 'meta', 'name', 'groups', ENTERPRISE, HR]],
    ['id,schemas', ['schemas', 'id', 'meta', 'userName', 'name', 'emails', 'groups', ENTERPRISE, HR]],
    [ENTERPRISE, ['schemas', 'id', 'meta', 'userName', 'name', 'emails', 'groups', HR]],
  ])('excludedAttributes=%s', (excludedAttributes, keys) => {
    expect(Object.keys(project({ excludedAttributes }))).toEqual(keys)
  })

  test('a sub-attribute can be excluded', () => {
    expect(project({ excludedAttributes: 'name.givenName,emails.value' })).toMatchObject({
      name: { familyName: 'B' },
      emails: [{ type: 'work' }],
    })
  })

  test('without either, never and request are left out', () => {
    expect(project({})).toEqual({ ...user, [HR]: { grade: 1 } })
  })

  test.each([
    [{ attributes: 'a', excludedAttributes: 'b' }, 'together'],
    [{ attributes: Array(201).fill('a') }, 'more than 200'],
    [{ attributes: 'a,'.repeat(201) }, 'more than 200'],
    [{ attributes: { a: 1 } }, 'a list of attribute names'],
    [{ excludedAttributes: [7] }, 'a list of attribute names'],
  ])('%j is refused', (parameters, words) => {
    expect(() => parseProjection(parameters, definitions.User)).toThrow(words)
  })
})

test('whatever is asked for, id and schemas are there and what is never returned is not', () => {
  const names = fc.array(
    fc.oneof(fc.constantFrom('id', 'name', 'pin', HR, `${HR}:pin`, 'meta', 'emails.value'), fc.string()),
    { maxLength: 5 },
  )
  fc.assert(
    fc.property(names, fc.constantFrom('attributes', 'excludedAttributes'), (list, parameter) => {
      const shown = project({ [parameter]: list })
      expect(shown).toMatchObject(always)
      expect(JSON.stringify(shown)).not.toContain('1234')
    }),
  )
})

test('a resource goes out as it is stored unless something must be cut', () => {
  expect(needsProjection({}, standardDefinitions.User)).toBe(false)
  expect(needsProjection({ attributes: ' ', excludedAttributes: [] }, standardDefinitions.User)).toBe(false)
  expect(needsProjection({ attributes: 'id' }, standardDefinitions.User)).toBe(true)
  expect(needsProjection({}, definitions.User)).toBe(true)
})

test.each([
  [{}, 'members', true],
  [{ excludedAttributes: 'MEMBERS' }, 'members', false],
  [{ attributes: 'displayName' }, 'members', false],
  [{ attributes: 'members.value' }, 'members', true],
  [{ excludedAttributes: 'members.value' }, 'members', true],
] as const)('with %j, %s are read: %s', (parameters, path, read) => {
  expect(isProjected(parseProjection(parameters, standardDefinitions.Group), path)).toBe(read)
})

const ROLES = `${MUSTER}:effectiveRoles`
test.each([
  [{}, ROLES, false],
  [{ attributes: 'userName' }, ROLES, false],
  [{ attributes: ROLES.toUpperCase() }, ROLES, true],
  [{ attributes: `${ROLES}.value` }, ROLES, true],
  [{ attributes: MUSTER }, ROLES, true],
  [{ attributes: ENTERPRISE }, ROLES, false],
  [{ excludedAttributes: 'userName' }, ROLES, false],
  [{ excludedAttributes: MUSTER }, ROLES, false],
  [{}, 'groups', true],
  [{ attributes: USER_SCHEMA }, 'groups', true],
  [{ excludedAttributes: 'groups' }, 'groups', false],
] as const)('with %j, %s of a user are read: %s', (parameters, path, read) => {
  expect(isProjected(parseProjection(parameters, standardDefinitions.User), path)).toBe(read)
})
