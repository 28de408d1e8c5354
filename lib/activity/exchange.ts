import { newId } from '#lib/platform/ids'

/** One attribute's change, as the activity pages show it. Long lists are cut to their first hundred. */
export type Change = { path: string; before?: unknown; after?: unknown }

/**
 * One request and its answer, as it is being handled: the door fills in who asked and what, the verb what it did.
 * `recorded` is set by whoever wrote it within its own transaction; the door writes the others after the answer.
 */
export type ExchangeDraft = {
  id: string
  at: number // milliseconds since 1970
  startedAt: number // performance.now(), milliseconds
  endedAt: number | null // the same, once there is an answer; a change is recorded before it has one
  kind: 'scim' | 'oauth'
  teamId: string
  method: string
  path: string
  status: number
  connectionId: string | null
  serviceUserId: string | null
  tokenHash: string | null
  ip: string | null
  userAgent: string | null
  requestHeaders: Record<string, string> | null
  requestBody: string | null
  requestBytes: number
  responseBody: string | null
  responseBytes: number
  action: string
  summary: string
  resourceType: string | null
  resourceId: string | null
  resourceName: string | null
  errorType: string | null
  errorDetail: string | null
  changes: Change[] | null
  notes: string[]
  /** A note that stays in front of the others: of which bulk request this was an operation. */
  partOf?: string
  recorded: boolean
}

/** Bodies are kept up to this many characters; what is longer is cut, and the page says so. */
export const KEPT_CHARACTERS = 65_536
/** A successful read keeps only the beginning of its answer: the directory itself holds the rest. */
export const KEPT_READ_CHARACTERS = 2_048

export function newExchange(
  given: Pick<ExchangeDraft, 'kind' | 'teamId' | 'method' | 'path'> & { at: number },
): ExchangeDraft {
  return {
    id: newId(given.at),
    startedAt: performance.now(),
    endedAt: null,
    status: 0,
    connectionId: null,
    serviceUserId: null,
    tokenHash: null,
    ip: null,
    userAgent: null,
    requestHeaders: null,
    requestBody: null,
    requestBytes: 0,
    responseBody: null,
    responseBytes: 0,
    action: 'request',
    summary: '',
    resourceType: null,
    resourceId: null,
    resourceName: null,
    errorType: null,
    errorDetail: null,
    changes: null,
    notes: [],
    recorded: false,
    ...given,
  }
}
