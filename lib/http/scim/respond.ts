import { etagOf } from '#lib/scim/etag'
import type { ScimAnswer, ScimContext } from './context.ts'

const MEDIA_TYPE = 'application/scim+json; charset=utf-8'

/** The response to an answer, in the form every SCIM response has. A body is never sent with 204 and 304. */
export function respond(answer: ScimAnswer, requestId: string): Response {
  const headers = new Headers({
    'x-request-id': requestId,
    'cache-control': 'no-store',
    'x-content-type-options': 'nosniff',
  })
  if (answer.version !== undefined) headers.set('etag', etagOf(answer.version))
  if (answer.location) headers.set('location', answer.location)
  for (const [name, value] of Object.entries(answer.headers ?? {})) headers.set(name, value)
  const body = answer.status === 204 || answer.status === 304 ? null : (answer.body ?? null)
  if (body !== null) headers.set('content-type', MEDIA_TYPE)
  return new Response(body, { status: answer.status, headers })
}

const WEAK = '"W/\\"'

/** The version within a rendered resource: it stands in `meta`, which comes right after the id. */
export function versionOfText(text: string): number {
  const at = text.indexOf(WEAK)
  return Number.parseInt(text.slice(at + WEAK.length), 10)
}

/** Where one resource is, for `Location` (RFC 7644 §3.1). */
export function locationOf(context: ScimContext, endpoint: string, id: string): string {
  return `${context.scimBaseUrl}${endpoint}/${id}`
}
