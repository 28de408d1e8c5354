import { describe, expect, test } from 'vitest'
import type { BulkOperation } from './bulk-request.ts'
import { planBulk } from './plan-bulk.ts'

function post(bulkId: string, ...refersTo: string[]): BulkOperation {
  const members = refersTo.map((one) => ({ value: `bulkId:${one}` }))
  return { method: 'POST', path: '/Groups', bulkId, version: undefined, data: { members } }
}
const change = (path: string): BulkOperation => ({
  method: 'PUT',
  path,
  bulkId: 'own',
  version: undefined,
  data: {},
})
/** `1`, `0(b)` with what it defers, `+0` for its completion. */
const order = (...operations: BulkOperation[]) =>
  planBulk(operations).steps.map((step) =>
    step.kind === 'complete'
      ? `+${step.index}`
      : `${step.index}${step.deferred.length > 0 ? `(${step.deferred})` : ''}`,
  )

describe('the order of a bulk request (RFC 7644 §3.7.1)', () => {
  test.each([
    ['as sent, when nothing refers to anything', [post('a'), post('b'), post('c')], ['0', '1', '2']],
    ['what is referred to comes first', [post('a', 'b'), post('b', 'c'), post('c')], ['2', '1', '0']],
    ['also from a path', [change('/Groups/bulkId:a'), post('a')], ['1', '0']],
    ['a circle is created open and closed afterwards', [post('a', 'b'), post('b', 'a')], ['1(a)', '0', '+1']],
    ['a resource that refers to itself', [post('a', 'a')], ['0(a)', '+0']],
    ['two that need the same one', [post('a', 'c'), post('b', 'c'), post('c')], ['2', '0', '1']],
    ['a circle behind a chain', [post('a', 'b'), post('b', 'c'), post('c', 'b')], ['2(b)', '1', '0', '+2']],
  ])('%s', (_, operations, steps) => {
    expect(order(...operations)).toEqual(steps)
  })
  test('a reference that no POST defines is told, and holds nothing up', () => {
    const plan = planBulk([post('a', 'nobody', 'b', 'own'), post('b'), change('/Groups/1')])
    expect(plan.unknown).toEqual(new Map([[0, ['nobody', 'own']]]))
    expect(plan.steps.map((step) => step.index)).toEqual([1, 0, 2])
  })
  test('a chain of a thousand needs no deep stack', () => {
    const chain = Array.from({ length: 1000 }, (_, at) => post(`${at}`, `${at + 1}`))
    expect(order(...chain, post('1000'))).toEqual(Array.from({ length: 1001 }, (_, at) => `${1000 - at}`))
  })
})
