import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { completionOf, substituteBulkIds, substituteInPath } from './bulk-references.ts'
import { parseBulkRequest } from './bulk-request.ts'
import { planBulk } from './plan-bulk.ts'

/** Operation i creates bulkId i and refers to others, itself and what nobody defines among them. */
const requests = fc
  .array(fc.array(fc.integer({ min: 0, max: 9 }), { maxLength: 4 }), { minLength: 1, maxLength: 8 })
  .map((references) =>
    parseBulkRequest({
      Operations: references.map((targets, i) => ({
        method: 'POST',
        path: '/Groups',
        bulkId: String(i),
        data: { displayName: `${i}`, members: targets.map((value) => ({ value: `bulkId:${value}` })) },
      })),
    }),
  )

describe('the order of a bulk request, whatever it refers to', () => {
  test('runs each operation once, what it refers to before it unless deferred, and completes what was deferred at the end', () => {
    fc.assert(
      fc.property(requests, ({ operations }) => {
        const { steps, unknown } = planBulk(operations)
        const executed = steps.filter((step) => step.kind === 'execute')
        expect(executed.map((step) => step.index).sort()).toEqual([...operations.keys()].sort())
        const done = new Set<string>()
        for (const { index, deferred } of executed) {
          const data = operations[index]?.data as { members: { value: string }[] }
          for (const { value } of data.members) {
            const bulkId = value.slice('bulkId:'.length)
            const known = Number(bulkId) < operations.length
            expect(unknown.get(index)?.includes(bulkId) ?? false).toBe(!known)
            if (known) expect(done.has(bulkId)).toBe(!deferred.includes(bulkId))
          }
          done.add(String(index))
        }
        const waiting = executed.filter((step) => step.deferred.length > 0).map((step) => step.index)
        const completed = steps.slice(executed.length)
        expect(completed).toEqual(waiting.map((index) => ({ kind: 'complete', index })))
      }),
    )
  })

  test('keeps the order sent when nothing refers forward', () => {
    const backward = requests.filter(({ operations }) =>
      operations.every((operation, i) =>
        (operation.data as { members: { value: string }[] }).members.every(
          ({ value }) => Number(value.slice(7)) < i,
        ),
      ),
    )
    fc.assert(
      fc.property(backward, ({ operations }) => {
        expect(planBulk(operations).steps.map((step) => step.index)).toEqual([...operations.keys()])
      }),
      { numRuns: 30 },
    )
  })

  test('a chain of a thousand references does not exhaust the stack', () => {
    const Operations = Array.from({ length: 1000 }, (_, i) => ({
      method: 'POST',
      path: '/Groups',
      bulkId: `${i}`,
      data: { members: [{ value: `bulkId:${i + 1}` }] },
    }))
    const { steps } = planBulk(parseBulkRequest({ Operations }).operations)
    expect(steps.slice(0, 2).map((step) => step.index)).toEqual([999, 998])
  })
})

describe('references', () => {
  const ids = new Map([['a', 'id-a']])

  test('are replaced wherever they stand, and what is not known is left out', () => {
    const data = {
      displayName: 'bulkId',
      members: [
        { value: 'bulkId:a', type: 'User' },
        { value: 'bulkId:b' },
        'bulkId:a',
        'bulkId:b',
        { value: 'x' },
      ],
      manager: { value: 'bulkId:b' },
      note: 'bulkId:b',
    }
    const { data: out, missing } = substituteBulkIds(data, ids)
    expect(out).toEqual({
      displayName: 'bulkId',
      members: [{ value: 'id-a', type: 'User' }, 'id-a', { value: 'x' }],
      manager: {},
    })
    expect([...missing]).toEqual(['b'])
  })

  test.each([
    ['/Users/bulkId:a', '/Users/id-a'],
    ['/Users/bulkId%3Aa', '/Users/id-a'],
    ['/Users/bulkId:a?attributes=id', '/Users/id-a?attributes=id'],
    ['/Users/bulkId:b', '/Users/bulkId:b'],
    ['/Users/1', '/Users/1'],
    ['/Users', '/Users'],
  ])('in the path %s become %s', (path, expected) => {
    expect(substituteInPath(path, ids)).toBe(expected)
  })

  test('that were left out are added by attribute, also within an extension', () => {
    const URN = 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User'
    const data = {
      userName: 'u',
      roles: [{ value: 'bulkId:a' }, { value: 'r' }],
      [URN]: { department: 'd', manager: { value: 'bulkId:a' } },
    }
    expect(completionOf(data, new Set(['a']), ids).Operations).toEqual([
      { op: 'add', path: 'roles', value: [{ value: 'id-a' }, { value: 'r' }] },
      { op: 'replace', path: `${URN}:manager`, value: { value: 'id-a' } },
    ])
    expect(completionOf(data, new Set(['b']), ids).Operations).toEqual([])
  })
})
