import { describe, expect, test } from 'vitest'
import { scimRefusal } from '#tests/refusal'
import { attribute } from '../schema/attribute-definition.ts'
import { defineResources } from '../schema/resource-types.ts'
import { readResource } from './read-resource.ts'
import { schemasOf } from './schemas-of.ts'

const core = 'urn:ietf:params:scim:schemas:core:2.0:User'
const enterprise = 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User'
const x = 'urn:x:1.0:User'
const { User, Group } = defineResources(
  [
    {
      id: x,
      name: 'x',
      description: '',
      attributes: [
        attribute('level', '', { type: 'integer' }),
        attribute('badge', '', { mutability: 'immutable' }),
      ],
    },
  ],
  ['urn:Gone:1.0'],
)
const replace = (body: object, existing: object) =>
  readResource(
    { schemas: [core], userName: 'a', ...body },
    User,
    'replace',
    existing as Record<string, unknown>,
  )

describe('a PUT replaces', () => {
  test('what the body does not name goes, except active and what a removed extension left', () => {
    const before = {
      userName: 'b',
      title: 't',
      active: false,
      'URN:gone:1.0': { a: 1 },
      [enterprise]: { department: 'D' },
    }
    expect(replace({}, before).attributes).toEqual({ userName: 'a', active: false, 'URN:gone:1.0': { a: 1 } })
    expect(replace({ active: true }, before).attributes.active).toBe(true)
    expect(replace({}, { userName: 'b' }).attributes).toEqual({ userName: 'a' })
    expect(readResource({ schemas: [core], userName: 'a' }, User, 'create', before).attributes).toEqual({
      userName: 'a',
    })
  })
  test('an immutable value stays what it is', () => {
    const before = { userName: 'a', [x]: { badge: 'b' } }
    expect(replace({ [x]: { badge: 'b' } }, before).attributes[x]).toEqual({ badge: 'b' })
    expect(replace({ [x]: { badge: 'b' } }, { userName: 'a', [x]: {} }).attributes[x]).toEqual({ badge: 'b' })
    for (const body of [{}, { [x]: { level: 1 } }, { [x]: { badge: 'c' } }])
      expect(scimRefusal(() => replace(body, before))).toBe(
        `400 mutability: ${x}:badge is immutable: it has a value and cannot be changed.`,
      )
  })
  test('a group has no active to keep', () => {
    expect(readResource({ displayName: 'g' }, Group, 'replace', { active: true }).attributes).toEqual({
      displayName: 'g',
    })
  })
})

test('a resource lists its schemas: the core one, the extensions it has, and those that were removed', () => {
  expect(schemasOf({ userName: 'a' }, User)).toEqual([core])
  expect(schemasOf({ 'urn:GONE:1.0': {}, [x]: {}, [enterprise]: {} }, User)).toEqual([
    core,
    enterprise,
    x,
    'urn:GONE:1.0',
  ])
})
