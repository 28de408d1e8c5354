import fc from 'fast-check'
import { expect, test } from 'vitest'
import { memberChangeOf } from '#lib/directory/memberships/member-change'
import { splitMembershipOps } from './split-membership-ops.ts'

const id = fc.constantFrom('a', 'b', 'c', 'd', 'e')
const members = fc.array(
  id.map((value) => ({ value })),
  { maxLength: 3 },
)
const operation = fc.oneof(
  fc.record({
    op: fc.constantFrom('add' as const, 'replace' as const),
    path: fc.constantFrom('members', 'MEMBERS', 'urn:ietf:params:scim:schemas:core:2.0:Group:members'),
    value: members,
  }),
  fc.record({
    op: fc.constantFrom('add' as const, 'replace' as const),
    path: fc.constant(undefined),
    value: fc.record({ displayName: fc.constant('x'), members }),
  }),
  fc.record({
    op: fc.constant('remove' as const),
    path: fc.constant('members'),
    value: fc.option(members, { nil: undefined }),
  }),
  id.map((value) => ({ op: 'remove' as const, path: `members[value eq "${value}"]`, value: undefined })),
  fc.tuple(id, id).map(([x, y]) => ({
    op: 'remove' as const,
    path: `members[value eq "${x}" or value eq "${y}"]`,
    value: undefined,
  })),
)
type Operation = typeof operation extends fc.Arbitrary<infer T> ? T : never

/** What the operations mean, told in the plainest way: a set, changed by one operation after the other. */
function model(start: readonly string[], operations: readonly Operation[]): Set<string> {
  let set = new Set(start)
  for (const { op, path, value } of operations) {
    const given = (Array.isArray(value) ? value : value?.members)?.map((member) => member.value)
    const named = path === undefined ? [] : [...path.matchAll(/"(.)"/g)].map((match) => match[1] as string)
    if (op === 'add') for (const one of given ?? []) set.add(one)
    else if (op === 'replace') set = new Set(given)
    else if (named.length > 0) for (const one of named) set.delete(one)
    else if (given === undefined) set = new Set()
    else for (const one of given) set.delete(one)
  }
  return set
}

test('the difference that is written has the outcome of the operations one by one', () => {
  fc.assert(
    fc.property(
      fc.uniqueArray(id),
      fc.array(operation, { minLength: 1, maxLength: 8 }),
      (start, operations) => {
        const { steps, rest } = splitMembershipOps(operations)
        expect(rest.every((one) => !JSON.stringify(one).includes('members'))).toBe(true)
        const change = memberChangeOf(steps as Parameters<typeof memberChangeOf>[0])
        const after = new Set<string>(
          change.kind === 'set' ? change.members.map((member) => member.value) : start,
        )
        if (change.kind === 'change') {
          for (const value of change.add.keys()) after.add(value)
          for (const value of change.remove) after.delete(value)
        }
        expect(after).toEqual(model(start, operations))
      },
    ),
    { numRuns: 1000 },
  )
})

test('hundreds of single removes are one step', () => {
  const operations = Array.from({ length: 300 }, (_, i) => ({
    op: 'remove' as const,
    path: `members[value eq "${i}"]`,
    value: undefined,
  }))
  expect(splitMembershipOps(operations).steps).toEqual([
    { kind: 'remove', values: operations.map((_, i) => String(i)) },
  ])
})

test.each([
  ['null members say nothing', { op: 'replace', path: 'members', value: null }, []],
  ['also without a path', { op: 'replace', path: undefined, value: { members: null, displayName: 'x' } }, []],
  ['an empty list to remove removes none', { op: 'remove', path: 'members', value: [] }, []],
  [
    'a bare id is a member',
    { op: 'add', path: 'members', value: 'a' },
    [{ kind: 'add', members: [{ value: 'a' }] }],
  ],
  [
    'members.value as a path',
    { op: 'add', path: 'members.value', value: 'a' },
    [{ kind: 'add', members: [{ value: 'a' }] }],
  ],
  [
    'an empty replace empties',
    { op: 'replace', path: 'members', value: [] },
    [{ kind: 'replace', members: [] }],
  ],
  [
    'type and display are kept, in canonical spelling',
    { op: 'add', path: 'members', value: [{ value: 'a', type: 'user', display: 'A', $ref: 'x' }] },
    [{ kind: 'add', members: [{ value: 'a', type: 'User', display: 'A' }] }],
  ],
  [
    'another filter selects by what the members are',
    { op: 'remove', path: 'members[type eq "Group"]', value: undefined },
    [{ kind: 'removeWhere', filter: expect.objectContaining({ kind: 'compare' }) }],
  ],
] as const)('%s', (_, one, steps) => {
  expect(splitMembershipOps([one as never]).steps).toEqual(steps)
})

test.each([
  [
    'a sub-attribute in place',
    { op: 'replace', path: 'members[value eq "a"].display', value: 'x' },
    'mutability',
  ],
  ['a member without value', { op: 'add', path: 'members', value: [{ display: 'x' }] }, 'invalidValue'],
  ['an id with NUL', { op: 'add', path: 'members', value: [{ value: 'a\u0000' }] }, 'invalidValue'],
  [
    'an id that is too long',
    { op: 'add', path: 'members', value: [{ value: 'a'.repeat(513) }] },
    'invalidValue',
  ],
  [
    'an add with a filter that names no id',
    { op: 'add', path: 'members[type eq "User"]', value: [] },
    'invalidPath',
  ],
] as const)('%s is refused', (_, one, scimType) => {
  expect(() => splitMembershipOps([one as never])).toThrow(expect.objectContaining({ status: 400, scimType }))
})
