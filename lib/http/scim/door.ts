import { type ExchangeDraft, KEPT_CHARACTERS, newExchange } from '#lib/activity/exchange'
import { exchangeWriter } from '#lib/activity/exchange-writer'
import { redactJson, redactPath } from '#lib/activity/redact'
import { authenticate } from '#lib/connections/authenticate'
import { teamDefinitions } from '#lib/directory/definitions'
import { env } from '#lib/platform/env'
import { NIL_ID } from '#lib/platform/ids'
import { parseJson } from '#lib/scim/json'
import { ScimError } from '#lib/scim/scim-error'
import { clientAddress } from '../client-address.ts'
import { takeRequest } from '../rate-limit.ts'
import { BodyTooLarge, readBody } from '../read-body.ts'
import { MAX_BODY_BYTES } from './bounds.ts'
import type { ScimAnswer } from './context.ts'
import { completeRecord, failureAnswer, MethodNotAllowed, Unauthenticated, WithHeaders } from './failure.ts'
import { allowedMethods, matchRoute } from './match-route.ts'
import { checkAccept, checkContentType } from './negotiate.ts'
import { readQuery } from './query.ts'
import { respond } from './respond.ts'
import { ROUTES } from './routes.ts'

export const SCIM_PATH = '/scim/v2'

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
    answer = failureAnswer(cause, exchange)
  }
  if (!exchange.recorded) completeRecord(exchange, answer)
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

  const route = matchRoute(ROUTES, url.pathname.slice(SCIM_PATH.length))
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
      `The body is longer than ${MAX_BODY_BYTES / 1024 / 1024} MB (${MAX_BODY_BYTES} bytes). Send the change in several smaller requests.`,
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

const KEPT_HEADERS = ['accept', 'content-type', 'if-match', 'if-none-match', 'content-length']

function keptHeaders(headers: Headers): Record<string, string> | null {
  const kept: Record<string, string> = {}
  for (const name of KEPT_HEADERS) {
    const value = headers.get(name)
    if (value !== null) kept[name] = value.slice(0, 300)
  }
  return Object.keys(kept).length > 0 ? kept : null
}
