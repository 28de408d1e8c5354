import { describe, expect, test } from 'vitest'
import { scimRefusal } from '#tests/refusal'
import { parseBulkRequest } from './bulk-request.ts'

const parse = (...Operations: unknown[]) => parseBulkRequest({ Operations })
const refused = (operation: unknown) => scimRefusal(() => parse(operation))
const create = { method: 'POST', path: '/Users', bulkId: 'a', data: { userName: 'a' } }

describe('a BulkRequest (RFC 7644 §3.7) is read', () => {
  test('each operation with what it needs, names without case', () => {
    expect(parseBulkRequest({ operations: [create], FAILONERRORS: 2 })).toEqual({
      operations: [{ ...create, version: undefined }],
      failOnErrors: 2,
    })
    expect(parse({ method: 'delete', path: 'Users/1', version: 'W/"1"', bulkId: '' })).toEqual({
      operations: [
        { method: 'DELETE', path: '/Users/1', bulkId: undefined, version: 'W/"1"', data: undefined },
      ],
      failOnErrors: undefined,
    })
    expect(parse({ method: 'Put', path: '/Users/1', data: {}, bulkId: null }).operations[0]?.method).toBe(
      'PUT',
    )
  })
  test('§3.7.3: a PATCH may give its operations as a bare array', () => {
    const data = [{ op: 'remove', path: 'title' }]
    expect(parse({ method: 'PATCH', path: '/Users/1', data }).operations[0]?.data).toEqual({
      schemas: ['urn:ietf:params:scim:api:messages:2.0:PatchOp'],
      Operations: data,
    })
    expect(parse({ method: 'PATCH', path: '/Users/1', data: { a: 1 } }).operations[0]?.data).toEqual({ a: 1 })
  })
  test('as many operations as the server says it takes', () => {
    expect(parse(...Array(1000).fill({ method: 'DELETE', path: '/Users/1' })).operations).toHaveLength(1000)
    expect(scimRefusal(() => parse(...Array(1001).fill(0)))).toBe(
      '413 -: The bulk request has 1001 operations; maxOperations is 1000.',
    )
  })
  test('one bulkId may stand at several operations that create nothing', () => {
    const change = { method: 'PUT', path: '/Users/1', bulkId: 'a', data: {} }
    expect(parse(change, change, create).operations).toHaveLength(3)
  })
})

describe('what is no BulkRequest is refused', () => {
  test.each([
    [[], 'invalidSyntax: A bulk request must be a JSON object; it was an array.'],
    [{}, 'invalidSyntax: A bulk request must have "Operations", an array of at least one operation.'],
    [
      { Operations: {} },
      'invalidSyntax: A bulk request must have "Operations", an array of at least one operation.',
    ],
    [
      { Operations: [] },
      'invalidSyntax: A bulk request must have "Operations", an array of at least one operation.',
    ],
    [
      { Operations: [create], failOnErrors: 0 },
      'invalidValue: failOnErrors must be an integer of at least 1.',
    ],
    [
      { Operations: [create], failOnErrors: 1.5 },
      'invalidValue: failOnErrors must be an integer of at least 1.',
    ],
    [
      { Operations: [create], failOnErrors: '1' },
      'invalidValue: failOnErrors must be an integer of at least 1.',
    ],
    [{ Operations: [create, create] }, 'invalidValue: bulkId a is used by two operations.'],
  ])('%j', (body, refusal) => {
    expect(scimRefusal(() => parseBulkRequest(body))).toBe(`400 ${refusal}`)
  })
  test('null says nothing about failOnErrors', () => {
    expect(parseBulkRequest({ Operations: [create], failOnErrors: null }).failOnErrors).toBeUndefined()
    expect(parseBulkRequest({ Operations: [create], failOnErrors: 1 }).failOnErrors).toBe(1)
  })
  test.each([
    ['x', 'invalidSyntax: Bulk operation 1 must be an object; it was a string.'],
    [{ path: '/Users' }, 'invalidSyntax: Bulk operation 1: "method" must be POST, PUT, PATCH or DELETE.'],
    [
      { ...create, method: 'GET' },
      'invalidSyntax: Bulk operation 1: "method" must be POST, PUT, PATCH or DELETE.',
    ],
    [{ ...create, path: undefined }, 'invalidSyntax: Bulk operation 1: "path" must be a string like /Users.'],
    [{ ...create, path: '' }, 'invalidSyntax: Bulk operation 1: "path" must be a string like /Users.'],
    [
      { ...create, path: 'x'.repeat(1025) },
      'invalidSyntax: Bulk operation 1: "path" must be a string like /Users.',
    ],
    [{ ...create, bulkId: '' }, 'invalidSyntax: Bulk operation 1: a POST needs a "bulkId".'],
    [
      { ...create, bulkId: 5 },
      'invalidSyntax: Bulk operation 1: "bulkId" must be a string of at most 255 characters.',
    ],
    [
      { ...create, bulkId: 'x'.repeat(256) },
      'invalidSyntax: Bulk operation 1: "bulkId" must be a string of at most 255 characters.',
    ],
    [
      { ...create, version: [] },
      'invalidSyntax: Bulk operation 1: "version" must be a string of at most 255 characters.',
    ],
    [
      { ...create, data: undefined },
      'invalidValue: Bulk operation 1: POST needs "data", an object; it was nothing.',
    ],
    [
      { ...create, data: [] },
      'invalidValue: Bulk operation 1: POST needs "data", an object; it was an array.',
    ],
  ])('operation %j', (operation, refusal) => {
    expect(refused(operation)).toBe(`400 ${refusal}`)
  })
  test('the longest path, bulkId and version are taken', () => {
    const longest = {
      ...create,
      path: `/${'x'.repeat(1023)}`,
      bulkId: 'x'.repeat(255),
      version: 'x'.repeat(255),
    }
    expect(parse(longest).operations[0]).toEqual(longest)
  })
})
