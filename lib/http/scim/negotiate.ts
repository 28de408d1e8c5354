import { ScimError } from '#lib/scim/scim-error'
import { WithHeaders } from './failure.ts'

const JSON_TYPES = new Set(['application/scim+json', 'application/json', 'text/json'])
const ACCEPTED = /(?:^|[\s,])(?:\*\/\*|application\/(?:\*|scim\+json|json))(?:$|[\s,;])/i

/** RFC 7644 §3.1: a body is application/scim+json or application/json; without a type it is taken for the former. */
export function checkContentType(contentType: string | null): void {
  if (!contentType) return
  const type = contentType.split(';', 1)[0]?.trim().toLowerCase() ?? ''
  if (!JSON_TYPES.has(type))
    throw new ScimError(
      415,
      undefined,
      `The body must be application/scim+json or application/json, not ${type.slice(0, 80)}.`,
    )
}

/** RFC 9110 §8.4: a body is taken as it is. What is compressed could become a thousand times as long. */
export function checkContentEncoding(encoding: string | null): void {
  if (encoding && encoding.trim().toLowerCase() !== 'identity')
    throw new WithHeaders(415, `The body must not be compressed (${encoding.slice(0, 40)}).`, {
      'accept-encoding': 'identity',
    })
}

/** RFC 9110 §12.5.1: the answer is application/scim+json; a client that takes no JSON at all is told so. */
export function checkAccept(accept: string | null): void {
  if (accept && accept.trim() !== '' && !ACCEPTED.test(accept))
    throw new ScimError(
      406,
      undefined,
      'Muster answers in application/scim+json; accept that, application/json or */*.',
    )
}
