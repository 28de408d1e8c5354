import fc from 'fast-check'
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

describe('a single value', () => {
  test.each<[string, object, Op, string | undefined, unknown, object]>([
    ['is set', {}, 'add', 'title', 'x', { title: 'x' }],
    ['is replaced', { title: 'y' }, 'replace', 'TITLE', 'x', { title: 'x' }],
    ['is removed', { title: 'y' }, 'remove', 'title', undefined, {}],
    ['null unassigns it', { title: 'y' }, 'replace', 'title', null, {}],
    ['an empty text unassigns it', { title: 'y' }, 'add', 'title', '', {}],
    ['a remove of what is not there does nothing', {}, 'remove', 'title', undefined, {}],
    [
      'its URN may be written out',
      {},
      'add',
      'urn:ietf:params:scim:schemas:core:2.0:User:title',
      'x',
      { title: 'x' },
    ],
    [
      'of a complex attribute',
      { name: { givenName: 'G' } },
      'replace',
      'name.familyName',
      'F',
      { name: { givenName: 'G', familyName: 'F' } },
    ],
    [
      'of a complex attribute that is not there',
      {},
      'add',
      'name.familyName',
      'F',
      { name: { familyName: 'F' } },
    ],
    [
      'the last one of a complex attribute',
      { name: { givenName: 'G' } },
      'remove',
      'name.givenName',
      undefined,
      {},
    ],
    [
      'one of several of a complex attribute',
      { name: { givenName: 'G', familyName: 'F' } },
      'remove',
      'name.givenName',
      undefined,
      { name: { familyName: 'F' } },
    ],
    [
      'a complex value: what is not named stays',
      { name: { givenName: 'G' } },
      'replace',
      'name',
      { familyName: 'F' },
      { name: { givenName: 'G', familyName: 'F' } },
    ],
    [
      'a complex value: null takes away what it names',
      { name: { givenName: 'G', familyName: 'F' } },
      'replace',
      'name',
      { givenName: null },
      { name: { familyName: 'F' } },
    ],
    ['a complex value is removed whole', { name: { givenName: 'G' } }, 'remove', 'name', undefined, {}],
    ['of an extension', {}, 'add', `${enterprise}:department`, 'D', { [enterprise]: { department: 'D' } }],
    [
      'the last one of an extension',
      { [enterprise]: { department: 'D' } },
      'remove',
      `${enterprise}:department`,
      undefined,
      {},
    ],
    ['of an extension that is not there', {}, 'remove', `${enterprise}:department`, undefined, {}],
    [
      'in an extension’s complex attribute',
      { [enterprise]: { department: 'D' } },
      'add',
      `${enterprise}:manager.value`,
      'm',
      { [enterprise]: { department: 'D', manager: { value: 'm' } } },
    ],
  ])('%s', (_, before, op, path, value, expected) => {
    expect(patched(before, op, path, value)).toEqual({ userName: 'a', ...expected })
  })
})

describe('what may not be changed is refused, and nothing else with it', () => {
  test.each<[Op, string, unknown, string]>([
    ['replace', 'id', '2', 'mutability: id is readOnly and cannot be changed.'],
    ['replace', 'meta.created', 'x', 'mutability: meta.created is readOnly and cannot be changed.'],
    ['add', `${hr}:grade`, 'x', `mutability: ${hr}:grade is readOnly and cannot be changed.`],
    [
      'add',
      `${hr}:badge`,
      'c',
      `mutability: ${hr}:badge is immutable: it has a value and cannot be changed.`,
    ],
    ['remove', 'userName', undefined, 'mutability: userName is required and cannot be removed.'],
    ['replace', 'userName', null, 'invalidValue: userName is required and has no value.'],
    ['replace', 'userName', ' ', 'invalidValue: userName is required and has no value.'],
    ['replace', 'shoeSize', 1, 'invalidPath: A User has no attribute shoeSize.'],
    ['replace', 'name.shoe', 1, 'invalidPath: A User has no attribute name.shoe.'],
    ['replace', `${hr}:shoe`, 1, `invalidPath: A User has no attribute ${hr}:shoe.`],
    [
      'replace',
      'title[value eq "x"]',
      1,
      'invalidPath: title[value eq "x"]: title has one value only, there is nothing to select from.',
    ],
    ['replace', 'title', 5, 'invalidValue: title must be a string; it was a number 5.'],
    ['add', 'name.givenName', { x: 1 }, 'invalidValue: name.givenName must be a string; it was an object.'],
  ])('%s %s %j', (op, path, value, refusal) => {
    const stored = { id: '1', title: 't', [hr]: { badge: 'b' } }
    expect(refused(stored, op, path, value)).toBe(`400 ${refusal}`)
  })
  test('an immutable attribute may be set once, and again to what it is', () => {
    expect(patched({}, 'add', `${hr}:badge`, 'b')[hr]).toEqual({ badge: 'b' })
    expect(patch({ userName: 'a', [hr]: { badge: 'b' } }, 'replace', `${hr}:badge`, 'b').changed).toBe(false)
  })
  test('an attribute of an unknown schema is ignored with a note, a password dropped with one', () => {
    expect(patch({ userName: 'a' }, 'add', 'urn:nobody:1.0:a', 1)).toMatchObject({
      changed: false,
      notes: [{ path: 'urn:nobody:1.0:a' }],
    })
    expect(patch({ userName: 'a' }, 'replace', 'password', 'x')).toMatchObject({
      resource: { userName: 'a' },
      changed: false,
      notes: [{ path: 'password', message: 'Accepted and dropped; it is never stored.' }],
    })
  })
})

describe('whatever is patched', () => {
  test('the input stays as it is, and what is named __proto__ or constructor changes no object', () => {
    const value = fc.oneof(fc.string(), fc.boolean(), fc.constant(null), fc.jsonValue({ maxDepth: 2 }))
    const path = fc.constantFrom(
      undefined,
      'title',
      'name',
      'name.givenName',
      'emails',
      'emails.value',
      'emails[type eq "work"].value',
      'roles',
      'active',
      '__proto__',
      '__proto__.x',
      'constructor.prototype',
      `${enterprise}:manager`,
      hr,
      `${hr}:tags`,
      'id',
    )
    const op = fc.constantFrom<Op>('add', 'replace', 'remove')
    fc.assert(
      fc.property(op, path, value, (one, at, given) => {
        const before = {
          userName: 'a',
          id: '1',
          meta: { created: 'c' },
          name: { givenName: 'G' },
          emails: [{ value: 'v', type: 'work' }],
        }
        const text = JSON.stringify(before)
        try {
          const { resource } = patch(before, one, at, given)
          expect(resource).toMatchObject({ id: '1', meta: { created: 'c' }, userName: 'a' })
        } catch (error) {
          expect(error).toMatchObject({ name: 'ScimError', status: 400 })
        }
        expect(JSON.stringify(before)).toBe(text)
        expect(Object.keys(Object.prototype)).toEqual([])
      }),
    )
  })
  test('several operations act one after the other, and what differs in the end is told', () => {
    const operations = [
      { op: 'add' as const, path: 'title', value: 'x' },
      { op: 'replace' as const, path: 'title', value: 'y' },
      { op: 'add' as const, path: 'name.givenName', value: 'H' },
      { op: 'add' as const, path: `${hr}:floor`, value: '1' },
    ]
    expect(applyPatch({ userName: 'a', name: { givenName: 'G' } }, operations, User)).toMatchObject({
      changed: true,
      changes: [
        { path: 'name.givenName', before: 'G', after: 'H' },
        { path: 'title', before: undefined, after: 'y' },
        { path: `${hr}:floor`, before: undefined, after: '1' },
      ],
    })
  })
})
