import { describe, expect, test } from 'vitest'
import { scimRefusal } from '#tests/refusal'
import { attribute } from '../schema/attribute-definition.ts'
import { defineResources } from '../schema/resource-types.ts'
import { applyPatch } from './apply-patch.ts'

const enterprise = 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User'
const hr = 'urn:example:hr:2.0:User'
const { User } = defineResources([
  {
    id: hr,
    name: 'hr',
    description: '',
    attributes: [
      attribute('badge', '', { mutability: 'immutable' }),
      attribute('grade', '', { mutability: 'readOnly' }),
      attribute('floor', ''),
      attribute('tags', '', { multiValued: true }),
    ],
  },
])
type Op = 'add' | 'replace' | 'remove'
const patch = (resource: object, op: Op, path: string | undefined, value?: unknown) =>
  applyPatch(resource as Record<string, unknown>, [{ op, path, value }], User)
const patched = (resource: object, op: Op, path: string | undefined, value?: unknown) =>
  patch({ userName: 'a', ...resource }, op, path, value).resource
const refused = (resource: object, op: Op, path: string | undefined, value?: unknown) =>
  scimRefusal(() => patch({ userName: 'a', ...resource }, op, path, value))

describe('without a path each key of the value is a path', () => {
  test('also one with a dot, a URN or a filter, as Entra writes them; what is unknown is noted', () => {
    const { resource, notes } = patch({ userName: 'a' }, 'add', undefined, {
      title: 'x',
      'name.givenName': 'G',
      [`${enterprise}:department`]: 'D',
      [hr]: { floor: '3', shoe: 1 },
      'emails[type eq "work"].value': 'e',
      shoeSize: 43,
      'not a path': 1,
      'urn:nobody:1.0:a': 1,
      id: 'mine',
      meta: {},
      schemas: [],
      password: 'secret',
    })
    expect(resource).toEqual({
      userName: 'a',
      title: 'x',
      name: { givenName: 'G' },
      emails: [{ type: 'work', value: 'e' }],
      [enterprise]: { department: 'D' },
      [hr]: { floor: '3' },
    })
    expect(notes).toEqual([
      { path: `${hr}:shoe`, message: 'No schema has this attribute; it was ignored.' },
      { path: 'shoeSize', message: 'No schema has this attribute; it was ignored.' },
      { path: 'not a path', message: 'No schema has this attribute; it was ignored.' },
      { path: 'urn:nobody:1.0:a', message: 'No schema has this attribute; it was ignored.' },
      { path: 'schemas', message: 'Passed over: the list follows from the attributes.' },
      { path: 'password', message: 'Accepted and dropped; it is never stored.' },
    ])
  })
  test.each([undefined, null, 'x', []])('the value %j is refused', (value) => {
    expect(refused({}, 'replace', undefined, value)).toBe(
      '400 invalidValue: Without a "path" the "value" must be an object.',
    )
  })
})

describe('an extension as a whole', () => {
  const stored = { [hr]: { badge: 'b', grade: 'g', floor: '3', tags: ['x'] } }
  test('add and replace go through its members', () => {
    expect(patched(stored, 'replace', hr, { floor: '4', grade: 'h' })[hr]).toEqual({
      badge: 'b',
      grade: 'g',
      floor: '4',
      tags: ['x'],
    })
  })
  test('what cannot be a name in it is noted', () => {
    expect(patch({ userName: 'a', ...stored }, 'add', hr, { 'a b': 1 }).notes).toEqual([
      { path: `${hr}:a b`, message: 'No schema has this attribute; it was ignored.' },
    ])
  })
  test('remove, or null, takes all that may go', () => {
    const open = { [hr]: { grade: 'g', floor: '3', tags: ['x'] } }
    expect(patched(open, 'remove', hr)[hr]).toEqual({ grade: 'g' })
    expect(patched(open, 'replace', undefined, { [hr]: null })[hr]).toEqual({ grade: 'g' })
    expect(patched({ [enterprise]: { department: 'D' } }, 'remove', enterprise)).toEqual({ userName: 'a' })
  })
  test.each<[Op, string, unknown, string]>([
    ['add', hr, 'x', `invalidValue: The value of ${hr} must be an object.`],
    ['remove', hr, undefined, `mutability: ${hr}:badge is immutable: it has a value and cannot be changed.`],
    ['add', `${hr}[a pr]`, {}, `invalidPath: ${hr}[a pr]: an extension has no values to select from.`],
  ])('%s %s %j is refused', (op, path, value, refusal) => {
    expect(refused(stored, op, path, value)).toBe(`400 ${refusal}`)
  })
})
