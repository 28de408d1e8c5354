import type { ScimError } from './scim-error.ts'

const LIST_RESPONSE = 'urn:ietf:params:scim:api:messages:2.0:ListResponse'
export const PATCH_OP = 'urn:ietf:params:scim:api:messages:2.0:PatchOp'
const BULK_RESPONSE = 'urn:ietf:params:scim:api:messages:2.0:BulkResponse'
export const ERROR = 'urn:ietf:params:scim:api:messages:2.0:Error'

export type ErrorBody = { schemas: [typeof ERROR]; status: string; scimType?: string; detail: string }

/** RFC 7644 §3.12: `status` is a JSON string (Okta's SPEC test compares it with "401" and "404"). */
export function errorBody(error: Pick<ScimError, 'status' | 'scimType' | 'detail'>): ErrorBody {
  const body: ErrorBody = { schemas: [ERROR], status: String(error.status), detail: error.detail }
  if (error.scimType !== undefined) body.scimType = error.scimType
  return body
}

export type BulkResult = {
  method: string
  bulkId?: string
  /** Absent when a POST failed (RFC 7644 §3.7). */
  location?: string
  /** The ETag of what the operation left. */
  version?: string
  status: number
  /** The error's body as JSON text; successes leave theirs out, as §3.7 allows. */
  response?: string
}

/** A BulkResponse (RFC 7644 §3.7) as JSON text. */
export function bulkResponseText(results: readonly BulkResult[]): string {
  const operations = results.map(({ response, status, ...result }) => {
    const text = JSON.stringify({ ...result, status: String(status) })
    return response === undefined ? text : `${text.slice(0, -1)},"response":${response}}`
  })
  return `{"schemas":["${BULK_RESPONSE}"],"Operations":[${operations.join(',')}]}`
}

export type ListResponse = {
  totalResults: number
  /** 1-based; left out when the page was reached by cursor. */
  startIndex?: number
  itemsPerPage: number
  nextCursor?: string
  previousCursor?: string
  /** Each resource as JSON text already: it is spliced in, not parsed again. */
  resources: readonly string[]
}

/** A ListResponse (RFC 7644 §3.4.2, RFC 9865 §2) as JSON text. `Resources` is always there, also when empty. */
export function listResponseText(list: ListResponse): string {
  let text = `{"schemas":["${LIST_RESPONSE}"],"totalResults":${list.totalResults}`
  if (list.startIndex !== undefined) text += `,"startIndex":${list.startIndex}`
  text += `,"itemsPerPage":${list.itemsPerPage}`
  if (list.previousCursor !== undefined) text += `,"previousCursor":${JSON.stringify(list.previousCursor)}`
  if (list.nextCursor !== undefined) text += `,"nextCursor":${JSON.stringify(list.nextCursor)}`
  return `${text},"Resources":[${list.resources.join(',')}]}`
}
