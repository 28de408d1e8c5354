import { describe, expect, test } from 'vitest'
import { bulkReferences, completionOf, substituteBulkIds, substituteInPath } from './bulk-references.ts'

const ids = new Map([
  ['ann', '1'],
  ['bob', '2'],
])

describe('bulkIds (RFC 7644 §3.7.2) are found', () => {
  test('in the path and anywhere in the data', () => {
    const data = {
      members: [{ value: 'bulkId:ann' }, 'bulkId:bob'],
      owner: { manager: { value: 'bulkId:cy' } },
    }
    expect([...bulkReferences('/Groups/bulkId:team?x=1', data)]).toEqual(['team', 'ann', 'bob', 'cy'])
  })
  test.each([
    ['/Groups', 'xbulkId:ann'],
    ['/Groups/1', 'bulkid:ann'],
    ['/bulkId:x', 5],
    ['/Groups?bulkId:x', null],
    ['', undefined],
  ])('and not where there are none: %s %j', (path, data) => {
    expect([...bulkReferences(path, data)]).toEqual([])
  })
  test('in a path that is percent-encoded; one that cannot be decoded is taken as it is', () => {
    expect([...bulkReferences('/Users/bulkId%3Aann', null)]).toEqual(['ann'])
    expect([...bulkReferences('/Users/bulkId:%zz', null)]).toEqual(['%zz'])
  })
})

describe('bulkIds are replaced', () => {
  test.each([
    ['/Users/bulkId:ann', '/Users/1'],
    ['/Users/bulkId:ann?attributes=id', '/Users/1?attributes=id'],
    ['/Users/bulkId%3Abob', '/Users/2'],
    ['/Users/bulkId:nobody', '/Users/bulkId:nobody'],
    ['/Users/7?x', '/Users/7?x'],
  ])('in the path: %s is %s', (path, after) => {
    expect(substituteInPath(path, ids)).toBe(after)
  })
  test('in the data, which is not changed itself', () => {
    const data = { a: 'bulkId:ann', b: [1, { value: 'bulkId:bob', type: 'User' }], c: null }
    expect(substituteBulkIds(data, ids)).toEqual({
      data: { a: '1', b: [1, { value: '2', type: 'User' }], c: null },
      missing: new Set(),
    })
    expect(data.a).toBe('bulkId:ann')
  })
  test('what is not known yet is left out: the whole element of a list, otherwise the attribute', () => {
    const data = {
      members: [
        { value: 'bulkId:ann' },
        { value: 'bulkId:cy', type: 'User' },
        'bulkId:dee',
        { inner: { v: 'bulkId:cy' } },
      ],
      manager: { value: 'bulkId:cy', displayName: 'Cy' },
      owner: 'bulkId:cy',
    }
    expect(substituteBulkIds(data, ids)).toEqual({
      data: { members: [{ value: '1' }, { inner: {} }], manager: { displayName: 'Cy' } },
      missing: new Set(['cy', 'dee']),
    })
    expect(substituteBulkIds('bulkId:cy', ids)).toEqual({ data: undefined, missing: new Set(['cy']) })
  })
  test('a key __proto__ is not carried over', () => {
    const { data } = substituteBulkIds(JSON.parse('{"__proto__":{"admin":true},"a":1}'), ids)
    expect(JSON.stringify(data)).toBe('{"a":1}')
    expect((data as { admin?: boolean }).admin).toBeUndefined()
  })
})

describe('the completion of a resource that was created without its references', () => {
  test('names each attribute that refers to what was deferred, those of extensions with their URN', () => {
    const data = {
      displayName: 'A',
      members: [{ value: 'bulkId:ann' }, { value: 'kept' }],
      owner: { value: 'bulkId:bob' },
      other: { value: 'bulkId:ann2' },
      'urn:x:1.0:User': { manager: { value: 'bulkId:ann' }, department: 'Sales' },
      'URN:y:1.0:User': 'bulkId:ann',
    }
    const all = new Map([...ids, ['ann2', '3']])
    expect(completionOf(data, new Set(['ann', 'bob']), all)).toEqual({
      schemas: ['urn:ietf:params:scim:api:messages:2.0:PatchOp'],
      Operations: [
        { op: 'add', path: 'members', value: [{ value: '1' }, { value: 'kept' }] },
        { op: 'replace', path: 'owner', value: { value: '2' } },
        { op: 'replace', path: 'urn:x:1.0:User:manager', value: { value: '1' } },
      ],
    })
  })
  test('is empty when nothing was deferred, or when there is no data', () => {
    expect(completionOf({ owner: 'bulkId:ann' }, new Set(), ids).Operations).toEqual([])
    expect(completionOf('bulkId:ann', new Set(['ann']), ids).Operations).toEqual([])
  })
})
