import { type ExchangeDraft, KEPT_CHARACTERS, KEPT_READ_CHARACTERS } from '#lib/activity/exchange'
import { redactTokens } from '#lib/activity/redact'
import type { Refusal } from '#lib/connections/authenticate'
import { databaseFault } from '#lib/db/database-fault'
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

function unexpected(cause: unknown, exchange: ExchangeDraft): ScimError {
  logger().error(
    { err: cause, requestId: exchange.id, method: exchange.method, path: exchange.path },
    'a SCIM request failed',
  )
  const away = databaseFault(cause)
  if (away) return new WithHeaders(503, away.what, { 'retry-after': String(away.seconds) })
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
