import { describe, expect, test } from 'vitest'
import { scimRefusal } from '#tests/refusal'
import type { PatchOperation } from './patch-operation.ts'
import { splitMembershipOps } from './split-membership-ops.ts'

type Op = PatchOperation['op']
const op = (op: Op, path: string | undefined, value?: unknown): PatchOperation => ({ op, path, value })
const steps = (...operations: PatchOperation[]) => splitMembershipOps(operations).steps
const GROUP = 'urn:ietf:params:scim:schemas:core:2.0:Group'

describe('what a PATCH does to the membership', () => {
  test.each<[string, PatchOperation, unknown[]]>([
    [
      'add',
      op('add', 'members', [{ value: '1', display: 'A', type: 'user' }]),
      [{ kind: 'add', members: [{ value: '1', display: 'A', type: 'User' }] }],
    ],
    [
      'add of one that comes alone',
      op('add', 'Members', { value: '1' }),
      [{ kind: 'add', members: [{ value: '1' }] }],
    ],
    ['add of bare ids', op('add', 'members', ['1']), [{ kind: 'add', members: [{ value: '1' }] }]],
    ['add of none', op('add', 'members', []), []],
    [
      'add with the URN',
      op('add', `${GROUP.toUpperCase()}:members`, ['1']),
      [{ kind: 'add', members: [{ value: '1' }] }],
    ],
    ['add to members.value', op('add', 'members.VALUE', '1'), [{ kind: 'add', members: [{ value: '1' }] }]],
    ['add by a filter', op('add', 'members[value eq "1"]', {}), [{ kind: 'add', members: [{ value: '1' }] }]],
    [
      'add by a filter, with a display',
      op('add', 'members[value eq "1"]', { display: 'A' }),
      [{ kind: 'add', members: [{ value: '1' }] }],
    ],
    [
      'add by a filter, with a value',
      op('add', 'members[value eq "1"]', { VALUE: '2' }),
      [{ kind: 'add', members: [{ value: '2' }] }],
    ],
    ['replace', op('replace', 'members', [{ value: '1' }]), [{ kind: 'replace', members: [{ value: '1' }] }]],
    ['replace with none empties', op('replace', 'members', []), [{ kind: 'replace', members: [] }]],
    ['replace with null says nothing', op('replace', 'members', null), []],
    [
      'replace by a filter',
      op('replace', 'members[value eq "1"]', { value: '2' }),
      [
        { kind: 'remove', values: ['1'] },
        { kind: 'add', members: [{ value: '2' }] },
      ],
    ],
    [
      'replace by a filter, by an empty value',
      op('replace', 'members[value eq "1"]', { value: '' }),
      [
        { kind: 'remove', values: ['1'] },
        { kind: 'add', members: [{ value: '1' }] },
      ],
    ],
    ['remove all', op('remove', 'members'), [{ kind: 'removeAll' }]],
    ['remove all, with null', op('remove', 'members', null), [{ kind: 'removeAll' }]],
    ['remove of a list of none', op('remove', 'members', []), []],
    [
      'remove of a list',
      op('remove', 'members', [{ value: '1' }, '2']),
      [{ kind: 'remove', values: ['1', '2'] }],
    ],
    ['remove by a filter', op('remove', 'members[VALUE eq "1"]'), [{ kind: 'remove', values: ['1'] }]],
    [
      'remove by several joined by or',
      op('remove', 'members[value eq "1" or value eq "2" or (value eq "3" or value eq "4")]'),
      [{ kind: 'remove', values: ['1', '2', '3', '4'] }],
    ],
    [
      'Okta’s path-less replace',
      op('replace', undefined, { id: 'g', members: [{ value: '1' }] }),
      [{ kind: 'replace', members: [{ value: '1' }] }],
    ],
    [
      'path-less with a filter as key',
      op('add', undefined, { 'members[value eq "1"]': {} }),
      [{ kind: 'add', members: [{ value: '1' }] }],
    ],
    ['path-less without members', op('add', undefined, { displayName: 'x' }), []],
  ])('%s', (_, operation, expected) => {
    expect(steps(operation)).toEqual(expected)
  })
  test.each([
    'members[type eq "User"]',
    'members[value ne "1"]',
    'members[value eq "1" or type eq "Group"]',
    'members[value eq "1" and value eq "2"]',
    'members[$ref eq "x"]',
    'members[value eq null]',
    'members[value.x eq "1"]',
    'members[urn:x:value eq "1"]',
  ])('any other filter is left to be asked of the database: %s', (path) => {
    expect(steps(op('remove', path))).toMatchObject([{ kind: 'removeWhere' }])
  })
  test('neighbours of one kind become one step; others keep their order', () => {
    expect(
      steps(
        op('remove', 'members[value eq "1"]'),
        op('replace', 'displayName', 'x'),
        op('remove', 'members', ['2', '1']),
        op('add', 'members', [{ value: '3', display: 'old' }, '4']),
        op('add', 'members', [{ value: '3', display: 'new' }]),
        op('remove', 'members', ['4']),
        op('replace', 'members', ['5']),
        op('replace', 'members', ['6']),
        op('remove', 'members'),
        op('remove', 'members'),
      ),
    ).toEqual([
      { kind: 'remove', values: ['1', '2'] },
      { kind: 'add', members: [{ value: '3', display: 'new' }, { value: '4' }] },
      { kind: 'remove', values: ['4'] },
      { kind: 'replace', members: [{ value: '5' }] },
      { kind: 'replace', members: [{ value: '6' }] },
      { kind: 'removeAll' },
      { kind: 'removeAll' },
    ])
  })
})

describe('all else is left to applyPatch', () => {
  const others = [
    op('replace', 'displayName', 'x'),
    op('add', 'membersOnly', 1),
    op('add', 'urn:x:1.0:Group:members', ['1']),
    op('add', undefined, 'x'),
    op('add', undefined, { displayName: 'x', members2: 1, 'members[': 1 }),
  ]
  test.each(others)('%j', (operation) => {
    expect(splitMembershipOps([operation])).toEqual({ steps: [], rest: [operation], notes: [] })
  })
  test('of a path-less value, what is not members', () => {
    const value = JSON.parse('{"id":"g","members":["1"],"displayName":"x","__proto__":{"a":1}}')
    const { rest } = splitMembershipOps([op('replace', undefined, value)])
    expect(rest).toEqual([op('replace', undefined, { id: 'g', displayName: 'x' })])
    expect(splitMembershipOps([op('replace', undefined, { members: [] })]).rest).toEqual([])
  })
  test('null is noted, and so is an unknown sub-attribute', () => {
    expect(splitMembershipOps([op('add', 'members', null)]).notes).toEqual([
      { path: 'members', message: 'null was taken as "unchanged"; send [] to remove every member.' },
    ])
    expect(splitMembershipOps([op('remove', 'members[shoe eq "1"]')]).notes).toEqual([
      { path: 'shoe', message: 'members has no such sub-attribute; it counts as absent.' },
    ])
  })
})

describe('what is refused', () => {
  test.each<[PatchOperation, string]>([
    [
      op('replace', 'members[value eq "1"].display', 'x'),
      'mutability: members.display cannot be changed in place; remove the member and add it again.',
    ],
    [
      op('replace', 'members[value eq "1"].value', 'x'),
      'mutability: members.value cannot be changed in place; remove the member and add it again.',
    ],
    [
      op('add', 'members.display', 'x'),
      'mutability: members.display cannot be changed in place; remove the member and add it again.',
    ],
    [
      op('add', 'members[type eq "User"]', {}),
      'invalidPath: A filter in add must be of the form members[value eq "id"].',
    ],
    [op('remove', 'members['), 'invalidPath: Expected an attribute name at position 9, found the end.'],
    [
      op('remove', 'members[value gt null]'),
      'invalidPath: members.value is of type string: gt cannot be used with null.',
    ],
    [
      op('remove', 'members[value eq ""]'),
      "invalidValue: members.value must be a string, the member's id; it was a string.",
    ],
    [op('add', 'members', [5]), 'invalidValue: A member must be an object with a "value"; it was a number.'],
    [
      op('add', 'members', [{}]),
      "invalidValue: members.value must be a string, the member's id; it was nothing.",
    ],
  ])('%j', (operation, refusal) => {
    expect(scimRefusal(() => splitMembershipOps([operation]))).toBe(`400 ${refusal}`)
  })
})
