import { describe, expect, test } from 'vitest'
import { scimRefusal } from '#tests/refusal'
import { attribute } from '../schema/attribute-definition.ts'
import { defineResources } from '../schema/resource-types.ts'
import { applyPatch } from './apply-patch.ts'

const x = 'urn:x:1.0:User'
const { User } = defineResources([
  {
    id: x,
    name: 'x',
    description: '',
    attributes: [
      attribute('tags', '', { multiValued: true }),
      attribute('pins', '', { multiValued: true, mutability: 'immutable' }),
    ],
  },
])
const work = { value: 'w', type: 'work' }
const home = { value: 'h', type: 'home' }
type Op = 'add' | 'replace' | 'remove'
const apply = (before: unknown[], op: Op, path: string, value?: unknown) =>
  applyPatch({ userName: 'a', emails: before }, [{ op, path, value }], User)
const emails = (before: unknown[], op: Op, path: string, value?: unknown) =>
  apply(before, op, path, value).resource.emails

describe('values of a multi-valued attribute', () => {
  test.each<[string, Op, string, unknown, unknown[] | undefined]>([
    ['add appends', 'add', 'emails', [{ value: 'n' }], [work, home, { value: 'n' }]],
    ['add appends one that comes alone', 'add', 'emails', { value: 'n' }, [work, home, { value: 'n' }]],
    [
      'add does not add again, but completes',
      'add',
      'emails',
      [{ ...work, display: 'W' }],
      [{ ...work, display: 'W' }, home],
    ],
    [
      'add of the same value under another type',
      'add',
      'emails',
      [{ value: 'w', type: 'home' }],
      [work, home, { value: 'w', type: 'home' }],
    ],
    ['add of nothing', 'add', 'emails', [], [work, home]],
    ['replace puts a new list in place', 'replace', 'emails', [home], [home]],
    ['replace with nothing empties', 'replace', 'emails', [], undefined],
    ['remove takes all', 'remove', 'emails', undefined, undefined],
    ['remove takes those given, by value alone', 'remove', 'emails', [{ value: 'w' }], [home]],
    [
      'remove takes those given by value, whatever else is given',
      'remove',
      'emails',
      [{ value: 'w', type: 'home' }],
      [home],
    ],
    ['remove takes those given by another attribute', 'remove', 'emails', { type: 'home' }, [work]],
    ['remove of what is not there', 'remove', 'emails', [{ value: 'n' }], [work, home]],
    [
      'a sub-attribute of each',
      'replace',
      'emails.display',
      'D',
      [
        { ...work, display: 'D' },
        { ...home, display: 'D' },
      ],
    ],
    [
      'a sub-attribute of each is removed',
      'remove',
      'emails.type',
      undefined,
      [{ value: 'w' }, { value: 'h' }],
    ],
    [
      'of the selected one',
      'replace',
      'emails[type eq "work"].value',
      'n',
      [{ value: 'n', type: 'work' }, home],
    ],
    [
      'of the selected one is removed',
      'remove',
      'emails[type eq "work"].value',
      undefined,
      [{ type: 'work' }, home],
    ],
    ['the selected one is removed', 'remove', 'emails[type eq "work"]', undefined, [home]],
    ['nothing selected is removed', 'remove', 'emails[type eq "other"]', undefined, [work, home]],
    [
      'the selected one is replaced; what selected it stays',
      'replace',
      'emails[type eq "work"]',
      { value: 'n' },
      [{ type: 'work', value: 'n' }, home],
    ],
    [
      '… given as an array of one',
      'replace',
      'emails[type eq "work"]',
      [{ value: 'n' }],
      [{ type: 'work', value: 'n' }, home],
    ],
    [
      '… unless the new value says otherwise',
      'replace',
      'emails[type eq "work"]',
      { value: 'n', type: 'other' },
      [{ type: 'other', value: 'n' }, home],
    ],
    [
      'the selected one is completed by add',
      'add',
      'emails[type eq "work"]',
      { display: 'D' },
      [{ ...work, display: 'D' }, home],
    ],
    ['the selected one is replaced by nothing', 'replace', 'emails[type eq "work"]', null, [home]],
    [
      'one that the filter describes is created',
      'replace',
      'emails[type eq "other"].value',
      'o',
      [work, home, { type: 'other', value: 'o' }],
    ],
    [
      '… with all that the filter says',
      'add',
      'emails[type eq "other" and (primary eq true and display eq "D")]',
      { value: 'o' },
      [work, home, { type: 'other', primary: true, display: 'D', value: 'o' }],
    ],
    ['… and not when there is no value for it', 'add', 'emails[type eq "other"].value', null, [work, home]],
  ])('%s', (_, op, path, value, expected) => {
    expect(emails([work, home], op, path, value)).toEqual(expected)
  })
  test('a sub-attribute where there is no value makes one', () => {
    expect(emails([], 'add', 'emails.value', 'n')).toEqual([{ value: 'n' }])
    expect(emails([], 'remove', 'emails.value')).toBeUndefined()
  })
  test('one that loses its last sub-attribute goes', () => {
    expect(emails([{ value: 'w' }, home], 'remove', 'emails[value eq "w"].value')).toEqual([home])
    expect(emails([{ value: 'w' }, home], 'remove', 'emails.value')).toEqual([{ type: 'home' }])
  })
  test('one without a value is the same only when all of it is', () => {
    const other = { display: 'x' }
    expect(emails([other], 'add', 'emails', [{ display: 'x' }])).toEqual([other, { display: 'x' }])
  })
  test.each<[string, Op]>([
    ['emails[type ne "work" and type ne "home"]', 'replace'],
    ['emails[value eq "n"].type', 'replace'],
    ['emails[type eq "n" or type eq "m"].value', 'add'],
    ['emails[not (type pr)].value', 'add'],
    ['emails[type co "zz"].value', 'add'],
    ['emails[unknown eq "zz"].value', 'add'],
    ['emails[type eq null].value', 'replace'],
    ['emails[type eq "n" and (type pr and type pr)].value', 'add'],
  ])('%s selects nothing and describes nothing', (path, op) => {
    expect(scimRefusal(() => apply([work, home], op, path, 'x'))).toBe(
      `400 noTarget: ${path} selects no value of emails.`,
    )
  })
})

describe('one value is primary at most (RFC 7644 §3.5.2)', () => {
  const first = { ...work, primary: true }
  test.each<[string, Op, string, unknown, unknown[]]>([
    [
      'the one that is made so',
      'replace',
      'emails[type eq "home"].primary',
      true,
      [
        { ...work, primary: false },
        { ...home, primary: true },
      ],
    ],
    [
      'the one that is added',
      'add',
      'emails',
      [{ value: 'n', primary: true }],
      [{ ...work, primary: false }, home, { value: 'n', primary: true }],
    ],
    ['an addition that is not leaves it', 'add', 'emails', [{ value: 'n' }], [first, home, { value: 'n' }]],
  ])('%s', (_, op, path, value, expected) => {
    expect(emails([first, home], op, path, value)).toEqual(expected)
  })
  test('of several that are made so at once, the last', () => {
    expect(emails([work, home], 'replace', 'emails.primary', true)).toEqual([
      { ...work, primary: false },
      { ...home, primary: true },
    ])
  })
})

describe('simple values', () => {
  const tags = (before: unknown[], op: Op, path: string, value?: unknown) =>
    applyPatch({ userName: 'a', [x]: { tags: before } }, [{ op, path: `${x}:${path}`, value }], User)
      .resource[x]
  test.each<[string, Op, string, unknown, unknown]>([
    ['add', 'add', 'tags', ['b', 'c'], { tags: ['a', 'b', 'c'] }],
    ['remove by value', 'remove', 'tags', ['a'], { tags: ['b'] }],
    ['remove the selected', 'remove', 'tags[value eq "A"]', undefined, { tags: ['b'] }],
    ['replace the selected', 'replace', 'tags[value eq "a"]', 'z', { tags: ['z', 'b'] }],
    ['replace the selected by its value', 'replace', 'tags[value eq "a"].value', 'z', { tags: ['z', 'b'] }],
    ['remove the last', 'remove', 'tags', undefined, undefined],
  ])('%s', (_, op, path, value, expected) => {
    expect(tags(['a', 'b'], op, path, value)).toEqual(expected)
  })
  test('nothing is made of a filter over simple values', () => {
    expect(scimRefusal(() => tags(['a'], 'replace', 'tags[value eq "n"]', 'z'))).toBe(
      `400 noTarget: ${x}:tags[value eq "n"] selects no value of ${x}:tags.`,
    )
  })
  test('an immutable list may be set once', () => {
    const pins = (before: unknown[] | undefined, value: unknown) =>
      applyPatch({ userName: 'a', [x]: { pins: before } }, [{ op: 'add', path: `${x}:pins`, value }], User)
        .resource[x]
    expect(pins(undefined, ['1'])).toEqual({ pins: ['1'] })
    expect(pins(['1'], ['1'])).toEqual({ pins: ['1'] })
    expect(scimRefusal(() => pins(['1'], ['2']))).toBe(
      `400 mutability: ${x}:pins is immutable: it has a value and cannot be changed.`,
    )
  })
})

test('a thousand values, and no more', () => {
  const many = (count: number, from = 0) =>
    Array.from({ length: count }, (_, at) => ({ value: `v${from + at}` }))
  expect(emails(many(999), 'add', 'emails', { value: 'n' })).toHaveLength(1000)
  expect(scimRefusal(() => apply(many(999), 'add', 'emails', many(2, 5000)))).toBe(
    '400 invalidValue: emails would have 1001 values; at most 1000 are accepted.',
  )
})
