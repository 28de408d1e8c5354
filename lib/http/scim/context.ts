import type { ExchangeDraft } from '#lib/activity/exchange'
import { exchangeRecorder } from '#lib/activity/recorder'
import type { Caller } from '#lib/connections/authenticate'
import type { Permit } from '#lib/db/permit'
import type { TeamDefinitions } from '#lib/directory/definitions'
import type { Write } from '#lib/directory/write'
import type { LongText } from '#lib/platform/long-text'
import { checkIfMatch, checkIfNoneMatch } from '#lib/scim/etag'

/** A request as the door needs it, whatever carried it: node's server (listener.ts) or a web Request (fetch.ts). */
export type ScimRequest = {
  method: string
  /** Path and query as they were sent. */
  url: string
  /** By lower-case name; null where it was not sent. */
  header: (name: string) => string | null
  /** The whole body. Throws BodyTooLarge beyond `limit` bytes, BodyCutOff when it ends before its end. */
  body: (limit: number) => Promise<Uint8Array>
}

/** One SCIM operation: a request, or one operation of a bulk request. */
export type ScimContext = {
  caller: Caller
  /** Where the token is only assumed to be good: nothing is written or answered before this is proven. */
  permit?: Permit
  definitions: TeamDefinitions
  exchange: ExchangeDraft
  method: string
  /** The last segment of the path, where the route has one: an id, or a schema's URN. */
  id: string
  /** Query parameters, decoded; the first of a name counts. */
  query: ReadonlyMap<string, string>
  header: (name: string) => string | null
  /** The parsed JSON body; undefined for a method without one. */
  body: unknown
  now: number
  scimBaseUrl: string
}

/** What the door turns into a response. `body` is JSON text. */
export type ScimAnswer = {
  status: number
  body?: LongText
  version?: number
  location?: string
  headers?: Record<string, string>
}

export type ScimHandler = (context: ScimContext) => Promise<ScimAnswer>

/** The circumstances of a write by this caller, recorded as this exchange. */
export function writeOf(context: ScimContext): Write {
  return {
    teamId: context.caller.teamId,
    now: context.now,
    connectionId: context.caller.connectionId,
    recorder: exchangeRecorder(context.exchange),
    permit: context.permit,
    scimBaseUrl: context.scimBaseUrl,
  }
}

/** The precondition that a request makes (RFC 7644 §3.14), or undefined when it makes none. */
export function preconditionOf(context: ScimContext): ((version: number) => void) | undefined {
  const match = context.header('if-match')
  const noneMatch = context.header('if-none-match')
  if (match === null && noneMatch === null) return undefined
  return (version) => {
    checkIfMatch(match, version)
    checkIfNoneMatch(noneMatch, version)
  }
}
