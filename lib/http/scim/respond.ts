import { beginningOf, type LongText } from '#lib/platform/long-text'
import { etagOf } from '#lib/scim/etag'
import type { ScimAnswer, ScimContext } from './context.ts'

const MEDIA_TYPE = 'application/scim+json; charset=utf-8'

/** A response, whatever is to carry it. `body` null: none is sent. */
export type ScimResponse = { status: number; headers: Record<string, string>; body: LongText | null }

/** The response to an answer, in the form every SCIM response has. A body is never sent with 204 and 304. */
export function respond(answer: ScimAnswer, requestId: string): ScimResponse {
  const headers: Record<string, string> = {
    'x-request-id': requestId,
    'cache-control': 'no-store',
    'x-content-type-options': 'nosniff',
  }
  if (answer.version !== undefined) headers.etag = etagOf(answer.version)
  if (answer.location) headers.location = answer.location
  if (answer.headers) Object.assign(headers, answer.headers)
  const body = answer.status === 204 || answer.status === 304 ? null : (answer.body ?? null)
  if (body !== null) headers['content-type'] = MEDIA_TYPE
  return { status: answer.status, headers, body }
}

const WEAK = '"W/\\"'

/** The version within a rendered resource: it stands in `meta`, which comes right after the id. */
export function versionOfText(text: LongText): number {
  const beginning = beginningOf(text, 1_000)
  const at = beginning.indexOf(WEAK)
  return Number.parseInt(beginning.slice(at + WEAK.length), 10)
}

/** Where one resource is, for `Location` (RFC 7644 §3.1). */
export function locationOf(context: ScimContext, endpoint: string, id: string): string {
  return `${context.scimBaseUrl}${endpoint}/${id}`
}
