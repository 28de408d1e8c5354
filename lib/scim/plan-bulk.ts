import { bulkReferences } from './bulk-references.ts'
import type { BulkOperation } from './bulk-request.ts'

/** One thing to do, in the order of the plan. `index` is the operation's place in the request. */
export type BulkStep =
  /**
   * Run the operation. `deferred` names references to resources that do not exist yet because they refer back to
   * this one: leave them out (substituteBulkIds does) and complete the resource later.
   */
  | { readonly kind: 'execute'; readonly index: number; readonly deferred: readonly string[] }
  /** The deferred references now have ids: add to the resource what was left out (completionOf says how). */
  | { readonly kind: 'complete'; readonly index: number }

export type BulkPlan = {
  readonly steps: readonly BulkStep[]
  /** Per operation, references to bulkIds that no POST of the request defines: these operations fail. */
  readonly unknown: ReadonlyMap<number, readonly string[]>
}

/**
 * The order in which to run a bulk request (RFC 7644 §3.7, §3.7.1): as sent, except that what an operation refers
 * to comes first, also when it stands later in the request. In a circle of references one resource is
 * created without those that do not exist yet, and completed when they do.
 */
export function planBulk(operations: readonly BulkOperation[]): BulkPlan {
  const definers = new Map<string, number>()
  for (const [index, { method, bulkId }] of operations.entries()) {
    if (method === 'POST' && bulkId !== undefined) definers.set(bulkId, index)
  }
  const unknown = new Map<number, string[]>()
  const references = operations.map((operation, index) => {
    const all = [...bulkReferences(operation.path, operation.data)]
    const undefinedOnes = all.filter((bulkId) => !definers.has(bulkId))
    if (undefinedOnes.length > 0) unknown.set(index, undefinedOnes)
    return all.filter((bulkId) => definers.has(bulkId))
  })
  return { steps: order(operations, references, definers), unknown }
}

/**
 * Depth-first, without recursion: a request may chain a thousand references. An operation waits for what it refers
 * to unless that is already being waited for (a circle). Of two operations of a circle the one nearer to its
 * first member runs first, without the reference that closes the circle.
 */
function order(
  operations: readonly BulkOperation[],
  references: readonly (readonly string[])[],
  definers: ReadonlyMap<string, number>,
): BulkStep[] {
  const state = new Array<'new' | 'open' | 'done'>(operations.length).fill('new')
  const steps: BulkStep[] = []
  const waiting: { index: number; deferred: readonly string[] }[] = []
  const finish = (index: number) => {
    state[index] = 'done'
    const needed = references[index] ?? []
    const deferred = needed.filter((bulkId) => state[definers.get(bulkId) as number] !== 'done')
    const withSelf = needed.filter((bulkId) => definers.get(bulkId) === index)
    const missing = [...deferred, ...withSelf]
    steps.push({ kind: 'execute', index, deferred: missing })
    if (missing.length > 0) waiting.push({ index, deferred: missing })
  }
  for (const start of operations.keys()) visit(start)
  return [...steps, ...waiting.map(({ index }): BulkStep => ({ kind: 'complete', index }))]

  function visit(start: number): void {
    const stack = [start]
    while (stack.length > 0) {
      const index = stack.at(-1) as number
      if (state[index] === 'done') {
        stack.pop()
        continue
      }
      state[index] = 'open'
      const next = (references[index] ?? [])
        .map((bulkId) => definers.get(bulkId) as number)
        .find((definer) => state[definer] === 'new')
      if (next !== undefined) stack.push(next)
      else {
        stack.pop()
        finish(index)
      }
    }
  }
}
