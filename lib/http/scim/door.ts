import {
  type ExchangeDraft,
  KEPT_CHARACTERS,
  KEPT_READ_CHARACTERS,
  newExchange,
} from '#lib/activity/exchange'
import { exchangeWriter } from '#lib/activity/exchange-writer'
import { redactJson, redactPath } from '#lib/activity/redact'
import { authenticate, type Refusal } from '#lib/connections/authenticate'
import { teamDefinitions } from '#lib/directory/definitions'
import { env } from '#lib/platform/env'
import { NIL_ID } from '#lib/platform/ids'
import { logger } from '#lib/platform/logger'
import { parseJson } from '#lib/scim/json'
import { errorBody } from '#lib/scim/messages'
import { ScimError } from '#lib/scim/scim-error'
import { clientAddress } from '../client-address.ts'
import { takeRequest } from '../rate-limit.ts'
import { BodyTooLarge, readBody } from '../read-body.ts'
import type { ScimAnswer } from './context.ts'
import { checkAccept, checkContentType } from './negotiate.ts'
import { readQuery } from './query.ts'
import { respond } from './respond.ts'
import { allowedMethods, matchRoute } from './routes.ts'

export const SCIM_PATH = '/scim/v2'
/** A membership of 100,000 in one PUT is about 9 MB. */
export const MAX_BODY_BYTES = 20 * 1024 * 1024

/**
 * Answers one SCIM request, whatever it is: token, rate, body, verb, answer, record, in this order. Both doors (the
 * server's and Next's) are this function.
 */
export async function scimFetch(request: Request): Promise<Response> {
  const url = new URL(request.url)
  const exchange = newExchange({
    at: Date.now(),
    kind: 'scim',
    teamId: NIL_ID,
    method: request.method,
    path: redactPath(url.pathname + url.search),
  })
  exchange.ip = clientAddress(request.headers)
  exchange.userAgent = request.headers.get('user-agent')
  exchange.requestHeaders = keptHeaders(request.headers)
  let answer: ScimAnswer
  try {
    answer = await handle(request, url, exchange)
  } catch (cause) {
    answer = failure(cause, exchange)
  }
  if (!exchange.recorded) finish(exchange, answer)
  exchangeWriter().add(exchange)
  const response = respond(answer, exchange.id)
  return request.method === 'HEAD' ? new Response(null, response) : response
}

async function handle(request: Request, url: URL, exchange: ExchangeDraft): Promise<ScimAnswer> {
  const checked = await authenticate(request.headers.get('authorization'), exchange.at)
  const caller = 'caller' in checked ? checked.caller : checked.refusal.caller
  if (caller) {
    exchange.teamId = caller.teamId
    exchange.connectionId = caller.connectionId
    exchange.serviceUserId = caller.serviceUserId
    exchange.tokenHash = caller.tokenHash
  }
  if ('refusal' in checked) throw new Unauthenticated(checked.refusal)
  const retryAfterSeconds = await takeRequest(checked.caller.teamId, checked.caller.connectionId, exchange.at)
  if (retryAfterSeconds > 0)
    throw new WithHeaders(
      429,
      `More than ${env().SCIM_REQUESTS_PER_SECOND} requests a second. Okta waits and tries again by itself.`,
      { 'retry-after': String(retryAfterSeconds) },
    )

  const route = matchRoute(url.pathname.slice(SCIM_PATH.length))
  if (!route)
    throw new ScimError(
      404,
      undefined,
      `There is no SCIM endpoint ${url.pathname.slice(0, 200)}. The base URL is ${env().PUBLIC_URL}${SCIM_PATH}; below it are /Users, /Groups and /Roles.`,
    )
  noteTarget(exchange, url.pathname, route.id)
  if (request.method === 'OPTIONS') return { status: 204, headers: { allow: allowedMethods(route.methods) } }
  const method = request.method === 'HEAD' ? 'GET' : request.method
  const handler = Object.hasOwn(route.methods, method) ? route.methods[method] : undefined
  if (!handler) throw new MethodNotAllowed(request.method, allowedMethods(route.methods))
  checkAccept(request.headers.get('accept'))
  const body = method === 'GET' || method === 'DELETE' ? undefined : await readJson(request, exchange)
  return handler({
    caller: checked.caller,
    definitions: await teamDefinitions(checked.caller.teamId),
    exchange,
    method,
    id: route.id,
    query: readQuery(url.search),
    header: (name) => request.headers.get(name),
    body,
    now: exchange.at,
    scimBaseUrl: env().PUBLIC_URL + SCIM_PATH,
  })
}

async function readJson(request: Request, exchange: ExchangeDraft): Promise<unknown> {
  checkContentType(request.headers.get('content-type'))
  let bytes: Uint8Array
  try {
    bytes = await readBody(request, MAX_BODY_BYTES)
  } catch (cause) {
    if (!(cause instanceof BodyTooLarge)) throw cause
    throw new ScimError(
      413,
      undefined,
      `The body is longer than ${MAX_BODY_BYTES / 1024 / 1024} MB. Send the change in several smaller requests.`,
    )
  }
  exchange.requestBytes = bytes.byteLength
  exchange.requestBody = redactJson(
    Buffer.from(bytes.buffer, bytes.byteOffset, Math.min(bytes.byteLength, KEPT_CHARACTERS)).toString('utf8'),
  )
  return parseJson(bytes)
}

/** What the path alone says of the resource, so that a request that fails is found with it. */
function noteTarget(exchange: ExchangeDraft, path: string, id: string): void {
  const type = path.startsWith(`${SCIM_PATH}/Users`)
    ? 'User'
    : path.startsWith(`${SCIM_PATH}/Groups`)
      ? 'Group'
      : null
  exchange.resourceType = type
  exchange.resourceId = type && /^[0-9a-f-]{36}$/i.test(id) ? id.toLowerCase() : null
}

/** Completes the record of a request that wrote nothing, or that failed. */
function finish(exchange: ExchangeDraft, answer: ScimAnswer): void {
  exchange.status = answer.status
  exchange.responseBytes = answer.body ? Buffer.byteLength(answer.body) : 0
  const kept = exchange.method === 'GET' && answer.status < 400 ? KEPT_READ_CHARACTERS : KEPT_CHARACTERS
  exchange.responseBody = answer.body?.slice(0, kept) ?? null
}

function failure(cause: unknown, exchange: ExchangeDraft): ScimAnswer {
  exchange.recorded = false
  const error = cause instanceof ScimError ? cause : unexpected(cause, exchange)
  exchange.action = exchange.action === 'request' ? 'request.refused' : exchange.action
  exchange.errorType = error instanceof Unauthenticated ? `token ${error.reason}` : (error.scimType ?? null)
  exchange.errorDetail = error.detail
  exchange.summary = `refused: ${error.detail}`
  return {
    status: error.status,
    body: JSON.stringify(errorBody(error)),
    headers: error instanceof WithHeaders ? error.headers : undefined,
  }
}

function unexpected(cause: unknown, exchange: ExchangeDraft): ScimError {
  logger().error(
    { err: cause, requestId: exchange.id, method: exchange.method, path: exchange.path },
    'a SCIM request failed',
  )
  const away = /ECONNREFUSED|ECONNRESET|timeout exceeded|terminat|57P0|53300|08\d\d\d/.test(
    `${(cause as { code?: string }).code} ${(cause as Error).message}`,
  )
  if (away)
    return new WithHeaders(
      503,
      'Muster’s database is not reachable at the moment. Nothing was changed; try again.',
      { 'retry-after': '5' },
    )
  return new ScimError(
    500,
    undefined,
    `Muster could not do this because of an error of its own. Nothing was changed. Its operator finds the cause in the log under ${exchange.id}.`,
    cause,
  )
}

class WithHeaders extends ScimError {
  readonly headers: Record<string, string>
  constructor(status: number, detail: string, headers: Record<string, string>) {
    super(status, undefined, detail)
    this.headers = headers
  }
}

class MethodNotAllowed extends WithHeaders {
  constructor(method: string, allow: string) {
    super(405, `${method.slice(0, 20)} is not possible here; possible are ${allow}.`, { allow })
  }
}

/** RFC 6750 §3: no error code when no token was sent, `invalid_token` otherwise. The header holds ASCII only. */
class Unauthenticated extends WithHeaders {
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

const KEPT_HEADERS = ['accept', 'content-type', 'if-match', 'if-none-match', 'content-length']

function keptHeaders(headers: Headers): Record<string, string> | null {
  const kept: Record<string, string> = {}
  for (const name of KEPT_HEADERS) {
    const value = headers.get(name)
    if (value !== null) kept[name] = value.slice(0, 300)
  }
  return Object.keys(kept).length > 0 ? kept : null
}
