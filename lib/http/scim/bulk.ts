import { wholeOf } from '#lib/platform/long-text'
import { completionOf, substituteBulkIds, substituteInPath } from '#lib/scim/bulk-references'
import { type BulkOperation, parseBulkRequest } from '#lib/scim/bulk-request'
import { etagOf } from '#lib/scim/etag'
import { type BulkResult, bulkResponseText } from '#lib/scim/messages'
import { planBulk } from '#lib/scim/plan-bulk'
import { ScimError } from '#lib/scim/scim-error'
import { type Prepared, runBulkOperation } from './bulk-operation.ts'
import type { ScimAnswer, ScimContext, ScimHandler } from './context.ts'

/** After these nothing that follows could succeed: the token ended meanwhile, or the database is away. */
const HOPELESS = new Set([401, 503])

/**
 * POST /Bulk (RFC 7644 §3.7): operations one after the other, each its own transaction and exchange. References run in
 * whatever order they need; a circle is created open and then closed (§3.7.1). After `failOnErrors` failures nothing more
 * is begun; what was not begun is not in the response.
 */
export const postBulk: ScimHandler = async (context) => {
  const { operations, failOnErrors } = parseBulkRequest(context.body)
  const plan = planBulk(operations)
  const results = new Map<number, BulkResult>()
  const ids = new Map<string, string>()
  const deferred = new Map<number, ReadonlySet<string>>()
  let stopped = false
  const placeOf = (index: number) =>
    `bulk: operation ${index + 1} of ${operations.length} of request ${context.exchange.id}`

  for (const step of plan.steps) {
    const operation = operations[step.index] as BulkOperation
    if (step.kind === 'execute') {
      if (stopped) continue
      deferred.set(step.index, new Set(step.deferred))
      const unknown = plan.unknown.get(step.index) ?? []
      const answer = await runBulkOperation(context, operation, placeOf(step.index), () =>
        prepare(operation, ids, step.deferred, unknown),
      )
      const result = resultOf(context, operation, answer, ids)
      results.set(step.index, result)
      if (operation.method === 'POST' && operation.bulkId !== undefined && result.status < 400)
        ids.set(operation.bulkId, (result.location as string).split('/').at(-1) as string)
    } else {
      const created = results.get(step.index)
      if (!created || created.status >= 400) continue
      const completed = await complete(context, created, placeOf(step.index), () =>
        completion(operation, deferred.get(step.index) ?? new Set(), ids),
      )
      results.set(step.index, completed)
    }
    const failures = [...results.values()].filter(({ status }) => status >= 400)
    stopped =
      failures.length >= (failOnErrors ?? Number.POSITIVE_INFINITY) ||
      failures.some(({ status }) => HOPELESS.has(status))
  }

  const inOrder = [...results].sort(([a], [b]) => a - b).map(([, result]) => result)
  describeBulk(context, operations.length, inOrder)
  return { status: 200, body: bulkResponseText(inOrder) }
}

/** The operation with ids in place of references. Throws ScimError for what no POST defines and for what failed. */
function prepare(
  operation: BulkOperation,
  ids: ReadonlyMap<string, string>,
  deferred: readonly string[],
  unknown: readonly string[],
): Prepared {
  if (unknown.length > 0) {
    const detail = `The operation refers to bulkId:${unknown[0]}, which no POST of this request has as its bulkId.`
    throw new ScimError(400, 'invalidValue', detail)
  }
  const path = substituteInPath(operation.path, ids)
  const { data, missing } = substituteBulkIds(operation.data, ids)
  const inPath = path.includes('/bulkId:') ? [path.slice(path.indexOf('/bulkId:') + 8)] : []
  const failed = [...inPath, ...missing].find((bulkId) => !deferred.includes(bulkId))
  if (failed !== undefined) throw unresolved(failed, 'Nothing was done.')
  return { path, data: operation.method === 'DELETE' ? undefined : data }
}

function completion(
  operation: BulkOperation,
  deferred: ReadonlySet<string>,
  ids: ReadonlyMap<string, string>,
): unknown {
  const failed = [...deferred].find((bulkId) => !ids.has(bulkId))
  if (failed !== undefined)
    throw unresolved(failed, 'The resource was created without that reference; add it with a PATCH.')
  return completionOf(operation.data, deferred, ids)
}

/** RFC 7644 §3.7.1: references that cannot be resolved are a 409. */
function unresolved(bulkId: string, consequence: string): ScimError {
  const detail = `The operation refers to bulkId:${bulkId.slice(0, 255)}, whose own operation was not done. ${consequence}`
  return new ScimError(409, undefined, detail)
}

async function complete(
  context: ScimContext,
  created: BulkResult,
  place: string,
  data: () => unknown,
): Promise<BulkResult> {
  const path = (created.location as string).slice(context.scimBaseUrl.length)
  const patch = { method: 'PATCH', path, version: undefined } as const
  const answer = await runBulkOperation(context, patch, place, () => ({ path, data: data() }))
  if (answer.status >= 400)
    return { ...created, status: answer.status, response: answer.body && wholeOf(answer.body) }
  return { ...created, version: answer.version === undefined ? created.version : etagOf(answer.version) }
}

function resultOf(
  { scimBaseUrl }: ScimContext,
  { method, bulkId, path }: BulkOperation,
  { status, location, version, body }: ScimAnswer,
  ids: ReadonlyMap<string, string>,
): BulkResult {
  const failed = status >= 400
  const target = method === 'POST' ? undefined : scimBaseUrl + substituteInPath(path, ids).split('?', 1)[0]
  return {
    location: location ?? target,
    method,
    bulkId,
    version: version === undefined ? undefined : etagOf(version),
    status,
    response: failed && body !== undefined ? wholeOf(body) : undefined,
  }
}

/** "ran 12 bulk operations: 10 done, 1 refused, 1 not begun"; each has an exchange of its own. */
function describeBulk({ exchange }: ScimContext, sent: number, results: readonly BulkResult[]): void {
  const refused = results.filter(({ status }) => status >= 400).length
  const left = sent - results.length
  exchange.action = 'bulk.run'
  exchange.summary = `ran ${results.length} bulk operation${results.length === 1 ? '' : 's'}: ${[
    `${results.length - refused} done`,
    ...(refused > 0 ? [`${refused} refused`] : []),
    ...(left > 0 ? [`${left} not begun`] : []),
  ].join(', ')}`
}
