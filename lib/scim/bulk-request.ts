import { isObject, kindOf, own, ownIgnoringCase } from './json-value.ts'
import { PATCH_OP } from './messages.ts'
import { shorten } from './note.ts'
import { ScimError } from './scim-error.ts'

export const MAX_BULK_OPERATIONS = 1000

/** One operation of a BulkRequest (RFC 7644 §3.7). */
export type BulkOperation = {
  readonly method: 'POST' | 'PUT' | 'PATCH' | 'DELETE'
  /** `/Users`, `/Users/{id}` or `/Users/bulkId:{bulkId}`, as sent but with one leading slash. */
  readonly path: string
  readonly bulkId: string | undefined
  /** ETag to match, as in If-Match. */
  readonly version: string | undefined
  readonly data: unknown
}

export type BulkRequest = {
  readonly operations: readonly BulkOperation[]
  /** Stop after that many failed operations; undefined: run all. */
  readonly failOnErrors: number | undefined
}

/**
 * Checks a BulkRequest. Throws ScimError 400 `invalidSyntax` for its shape and `invalidValue` for an operation
 * that cannot be one; 413 for more than 1,000 operations (RFC 7644 §3.7.4). The size in bytes is the door's to
 * bound.
 */
export function parseBulkRequest(body: unknown): BulkRequest {
  if (!isObject(body)) throw syntax(`A bulk request must be a JSON object; it was ${kindOf(body)}.`)
  const operations = ownIgnoringCase(body, 'Operations')
  if (!Array.isArray(operations) || operations.length === 0) {
    throw syntax('A bulk request must have "Operations", an array of at least one operation.')
  }
  if (operations.length > MAX_BULK_OPERATIONS) {
    const detail = `The bulk request has ${operations.length} operations; maxOperations is ${MAX_BULK_OPERATIONS}.`
    throw new ScimError(413, undefined, detail)
  }
  const parsed = operations.map(parseOperation)
  refuseTwice(parsed)
  return { operations: parsed, failOnErrors: readFailOnErrors(ownIgnoringCase(body, 'failOnErrors')) }
}

function readFailOnErrors(value: unknown): number | undefined {
  if (value === undefined || value === null) return undefined
  if (typeof value === 'number' && Number.isSafeInteger(value) && value >= 1) return value
  throw new ScimError(400, 'invalidValue', 'failOnErrors must be an integer of at least 1.')
}

function parseOperation(operation: unknown, index: number): BulkOperation {
  const where = `Bulk operation ${index + 1}`
  if (!isObject(operation)) throw syntax(`${where} must be an object; it was ${kindOf(operation)}.`)
  const rawMethod = own(operation, 'method')
  const method = typeof rawMethod === 'string' ? rawMethod.toUpperCase() : ''
  if (method !== 'POST' && method !== 'PUT' && method !== 'PATCH' && method !== 'DELETE') {
    throw syntax(`${where}: "method" must be POST, PUT, PATCH or DELETE.`)
  }
  const path = own(operation, 'path')
  if (typeof path !== 'string' || path === '' || path.length > 1024)
    throw syntax(`${where}: "path" must be a string like /Users.`)
  const bulkId = readOptional(own(operation, 'bulkId'), `${where}: "bulkId"`)
  if (method === 'POST' && bulkId === undefined) throw syntax(`${where}: a POST needs a "bulkId".`)
  const given = own(operation, 'data')
  // The RFC's own example (§3.7.3) gives a PATCH its operations as a bare array.
  const data = method === 'PATCH' && Array.isArray(given) ? { schemas: [PATCH_OP], Operations: given } : given
  if (method !== 'DELETE' && !isObject(data)) {
    throw new ScimError(
      400,
      'invalidValue',
      `${where}: ${method} needs "data", an object; it was ${kindOf(data)}.`,
    )
  }
  const version = readOptional(own(operation, 'version'), `${where}: "version"`)
  return { method, path: path.startsWith('/') ? path : `/${path}`, bulkId, version, data }
}

function readOptional(value: unknown, what: string): string | undefined {
  if (value === undefined || value === null || value === '') return undefined
  if (typeof value !== 'string' || value.length > 255)
    throw syntax(`${what} must be a string of at most 255 characters.`)
  return value
}

/** A bulkId is a name within the request: two POSTs of one name would leave references open to both. */
function refuseTwice(operations: readonly BulkOperation[]): void {
  const seen = new Set<string>()
  for (const { method, bulkId } of operations) {
    if (method !== 'POST' || bulkId === undefined) continue
    if (seen.has(bulkId))
      throw new ScimError(400, 'invalidValue', `bulkId ${shorten(bulkId)} is used by two operations.`)
    seen.add(bulkId)
  }
}

function syntax(detail: string): ScimError {
  return new ScimError(400, 'invalidSyntax', detail)
}
