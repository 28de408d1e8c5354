import { type ExchangeDraft, KEPT_CHARACTERS, KEPT_READ_CHARACTERS } from '#lib/activity/exchange'
import { redactTokens } from '#lib/activity/redact'
import type { Refusal } from '#lib/connections/authenticate'
import { logger } from '#lib/platform/logger'
import { beginningOf, bytesOf } from '#lib/platform/long-text'
import { errorBody } from '#lib/scim/messages'
import { ScimError } from '#lib/scim/scim-error'
import type { ScimAnswer } from './context.ts'

/** Completes the record of a request that wrote nothing, or that failed. */
export function completeRecord(exchange: ExchangeDraft, answer: ScimAnswer): void {
  exchange.status = answer.status
  exchange.responseBytes = answer.body ? bytesOf(answer.body) : 0
  const kept = exchange.method === 'GET' && answer.status < 400 ? KEPT_READ_CHARACTERS : KEPT_CHARACTERS
  exchange.responseBody = answer.body ? beginningOf(answer.body, kept) : null
}

/** What goes wrong becomes an answer in one place; anything that is no ScimError is a fault of our own. */
export function failureAnswer(cause: unknown, exchange: ExchangeDraft): ScimAnswer {
  exchange.recorded = false
  const error = cause instanceof ScimError ? cause : unexpected(cause, exchange)
  exchange.action = exchange.action === 'request' ? 'request.refused' : exchange.action
  exchange.errorType = error instanceof Unauthenticated ? `token ${error.reason}` : (error.scimType ?? null)
  // A detail may quote what was sent, and a token may have been sent in the wrong place.
  exchange.errorDetail = redactTokens(error.detail)
  exchange.summary = `refused: ${exchange.errorDetail}`
  return {
    status: error.status,
    body: redactTokens(JSON.stringify(errorBody(error))),
    headers: error instanceof WithHeaders ? error.headers : undefined,
  }
}

/** PostgreSQL was not there to begin with, or ended what it was doing before it was done (SQLSTATE 57P01 … 57P03). */
const UNREACHABLE =
  /ECONNREFUSED|ENOTFOUND|EAI_AGAIN|EHOSTUNREACH|timeout exceeded|connection timeout|57P0|53300/
/** It went away in between: what was sent last may have been committed all the same. */
const LOST = /ECONNRESET|EPIPE|ETIMEDOUT|terminat|not queryable|08\d\d\d/

/** It took too long, by itself or behind a lock, and was rolled back (SQLSTATE 57014, 55P03). */
const TIMED_OUT = /^(57014|55P03) /

const away = (detail: string) => new WithHeaders(503, detail, { 'retry-after': '5' })

function unexpected(cause: unknown, exchange: ExchangeDraft): ScimError {
  logger().error(
    { err: cause, requestId: exchange.id, method: exchange.method, path: exchange.path },
    'a SCIM request failed',
  )
  const told = `${(cause as { code?: string }).code} ${(cause as Error).message}`
  if (TIMED_OUT.test(told))
    return away(
      'Muster’s database took too long for this, or is busy with another change of the same. Nothing was changed; try again.',
    )
  if (UNREACHABLE.test(told))
    return away('Muster’s database is not reachable at the moment. Nothing was changed; try again.')
  if (LOST.test(told))
    return away(
      'The connection to Muster’s database was lost before it said whether this was done. Try again: nothing is done twice.',
    )
  return new ScimError(
    500,
    undefined,
    `Muster could not do this because of an error of its own. Nothing was changed. Its operator finds the cause in the log under ${exchange.id}.`,
    cause,
  )
}

export class WithHeaders extends ScimError {
  readonly headers: Record<string, string>
  constructor(status: number, detail: string, headers: Record<string, string>) {
    super(status, undefined, detail)
    this.headers = headers
  }
}

export class MethodNotAllowed extends WithHeaders {
  constructor(method: string, allow: string) {
    super(405, `${method.slice(0, 20)} is not possible here; possible are ${allow}.`, { allow })
  }
}

/** RFC 6750 §3: no error code when no token was sent, `invalid_token` otherwise. The header holds ASCII only. */
export class Unauthenticated extends WithHeaders {
  readonly reason: Refusal['reason']
  constructor({ reason, detail }: Refusal) {
    const ascii = detail
      .replaceAll(/[“”]/g, "'")
      .replaceAll('’', "'")
      .replaceAll(/[^\x20-\x7e]|["\\]/g, '?')
    const error = reason === 'missing' ? '' : `, error="invalid_token", error_description="${ascii}"`
    super(401, detail, { 'www-authenticate': `Bearer realm="Muster"${error}` })
    this.reason = reason
  }
}
