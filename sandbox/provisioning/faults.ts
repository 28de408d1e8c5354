import { noFaults } from '../org/apps.ts'
import type { Org } from '../org/org.ts'
import type { App } from '../org/state.ts'
import { type HttpReply, ScimCallError } from '../scim-client/call.ts'

const ERROR_SCHEMA = 'urn:ietf:params:scim:api:messages:2.0:Error'

/** The made-up answer that the fault panel asks for instead of the app's next one, if any. */
export function takeFault(org: Org, app: App): HttpReply | ScimCallError | 'lost-answer' | undefined {
  const { faults } = app
  if (faults.next === 'none' || faults.remaining <= 0) return undefined
  if (faults.skip > 0) {
    faults.skip -= 1
    org.changed()
    return undefined
  }
  const { next, retryAfterSeconds } = faults
  faults.remaining -= 1
  if (faults.remaining === 0) {
    const { unknownMember, unknownGroup } = faults
    app.faults = { ...noFaults(), unknownMember, unknownGroup }
  }
  org.changed()
  switch (next) {
    case 'timeout':
      return timedOut()
    case 'lost-answer':
      return next
    case '502-html':
      return { status: 502, headers: { 'content-type': 'text/html' }, text: '<html>Bad Gateway</html>' }
    case '409':
      return scimError(409, 'The resource exists already.', {})
    case '429-silent':
      return scimError(429, 'Too many requests.', {})
    case '429-date':
      return scimError(429, 'Too many requests.', {
        'retry-after': new Date(org.now().getTime() + retryAfterSeconds * 1000).toUTCString(),
      })
    case '429-seconds':
      return scimError(429, 'Too many requests.', { 'retry-after': String(retryAfterSeconds) })
  }
}

export function timedOut(): ScimCallError {
  return new ScimCallError(0, 'Read timed out', 'no answer within the time-out')
}

function scimError(status: number, detail: string, headers: Record<string, string>): HttpReply {
  const text = JSON.stringify({ schemas: [ERROR_SCHEMA], detail, status: String(status) })
  return { status, headers: { 'content-type': 'application/scim+json', ...headers }, text }
}
