import { describe, expect, test } from 'vitest'
import { scimRefusal } from '#tests/refusal'
import { parsePatchPath } from './parse-patch-path.ts'
import { parsePatchRequest } from './parse-patch-request.ts'

const PATCH_OP = 'urn:ietf:params:scim:api:messages:2.0:PatchOp'
const parse = (...Operations: unknown[]) => parsePatchRequest({ schemas: [PATCH_OP], Operations })

describe('a PATCH body (RFC 7644 §3.5.2) is read', () => {
  test('op without case, path trimmed, an empty or null path as none', () => {
    const { operations, notes } = parse(
      { op: 'Add', path: ' title ', value: 'x' },
      { OP: 'REPLACE', Path: null, VALUE: { title: 'x' } },
      { op: 'replace', path: ' ', value: {} },
      { op: 'remove', path: 'title' },
      { op: 'remove', path: 'members', value: [{ value: '1' }] },
      { op: 'replace', path: 'title', value: null },
    )
    expect(operations).toEqual([
      { op: 'add', path: 'title', value: 'x' },
      { op: 'replace', path: undefined, value: { title: 'x' } },
      { op: 'replace', path: undefined, value: {} },
      { op: 'remove', path: 'title', value: undefined },
      { op: 'remove', path: 'members', value: [{ value: '1' }] },
      { op: 'replace', path: 'title', value: null },
    ])
    expect(notes).toEqual([])
  })
  test.each([undefined, PATCH_OP, [5], ['urn:x']])(
    'a body with the schemas %j is accepted with a note',
    (schemas) => {
      expect(parsePatchRequest({ schemas, Operations: [{ op: 'remove', path: 'a' }] }).notes).toEqual([
        { path: 'schemas', message: `"schemas" does not list ${PATCH_OP}; it was assumed.` },
      ])
    },
  )
  test('names and the URN have no case', () => {
    const body = { SCHEMAS: ['x', PATCH_OP.toUpperCase()], operations: [{ op: 'remove', path: 'a' }] }
    expect(parsePatchRequest(body).notes).toEqual([])
  })
  test('ten thousand operations, and no more', () => {
    expect(parse(...Array(10_000).fill({ op: 'remove', path: 'a' })).operations).toHaveLength(10_000)
    expect(scimRefusal(() => parse(...Array(10_001).fill(0)))).toBe(
      '400 invalidSyntax: The PATCH has 10001 operations; at most 10000 are accepted.',
    )
  })
})

describe('what is no PATCH body is refused', () => {
  const none = 'invalidSyntax: A PATCH body must have "Operations", an array of at least one operation.'
  test.each([
    ['x', 'invalidSyntax: A PATCH body must be a JSON object; it was a string.'],
    [{}, none],
    [{ Operations: { op: 'add' } }, none],
    [{ Operations: [] }, none],
  ])('%j', (body, refusal) => {
    expect(scimRefusal(() => parsePatchRequest(body))).toBe(`400 ${refusal}`)
  })
  test.each([
    [null, 'invalidSyntax: Operation 1 must be an object; it was null.'],
    [{ path: 'a' }, 'invalidSyntax: Operation 1: "op" must be add, remove or replace; it was nothing.'],
    [{ op: 'move' }, 'invalidSyntax: Operation 1: "op" must be add, remove or replace; it was move.'],
    [{ op: 'add', path: 5, value: 1 }, 'invalidPath: Operation 1: "path" must be a string; it was a number.'],
    [{ op: 'remove' }, 'noTarget: Operation 1: a remove needs a "path".'],
    [{ op: 'add', path: 'a' }, 'invalidValue: Operation 1: add needs a "value".'],
    [
      { op: 'replace', value: 'x' },
      'invalidValue: Operation 1: without a "path" the "value" must be an object; it was a string.',
    ],
  ])('operation %j', (operation, refusal) => {
    expect(scimRefusal(() => parse(operation))).toBe(`400 ${refusal}`)
  })
})

describe('a PATCH path', () => {
  const type = { kind: 'compare', path: { name: 'type' }, operator: 'eq', value: 'work' }
  test.each([
    ['title', { path: { name: 'title' }, filter: undefined }],
    ['name.givenName', { path: { name: 'name', sub: 'givenName' }, filter: undefined }],
    ['emails[type eq "work"]', { path: { name: 'emails' }, filter: type }],
    ['emails[type eq "work"].value', { path: { name: 'emails', sub: 'value' }, filter: type }],
    [
      'urn:x:1.0:User:a[type eq "work"].b',
      { path: { uri: 'urn:x:1.0:User', name: 'a', sub: 'b' }, filter: type },
    ],
  ])('%s', (text, path) => {
    expect(parsePatchPath(text)).toEqual(path)
  })
  test.each([
    ['', 'Expected an attribute name at position 1, found the end.'],
    ['a b', 'Expected the end, "and" or "or" at position 3, found b.'],
    ['a[b pr', 'Expected "]", "and" or "or" at position 7, found the end.'],
    ['a[b pr]c', 'Expected a sub-attribute like ".value", or the end at position 8, found c.'],
    ['a[b pr]".c"', 'Expected a sub-attribute like ".value", or the end at position 8, found the string .c.'],
    ['a[b pr].c.d', 'Expected a sub-attribute like ".value", or the end at position 8, found .c.d.'],
    ['a[b pr].urn:x:c', 'Expected a sub-attribute like ".value", or the end at position 8, found .urn:x:c.'],
    ['a.x[b pr].c', 'Expected a sub-attribute like ".value", or the end at position 10, found .c.'],
    ['a[b pr].c d', 'Expected the end, "and" or "or" at position 11, found d.'],
    ['a[b pr][c pr]', 'Expected a sub-attribute like ".value", or the end at position 8, found [.'],
    ['x'.repeat(4097), 'The path is longer than 4096 characters.'],
  ])('%s is none', (text, detail) => {
    expect(scimRefusal(() => parsePatchPath(text))).toBe(`400 invalidPath: ${detail}`)
  })
  test('the longest one is read', () => {
    expect(parsePatchPath('x'.repeat(4096)).path.name).toHaveLength(4096)
  })
})
