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
import { BodyCutOff, BodyTooLarge } from '../read-body.ts'
import { MAX_BODY_BYTES } from './bounds.ts'
import type { ScimAnswer } from './context.ts'
import { completeRecord, failureAnswer, MethodNotAllowed, Unauthenticated, WithHeaders } from './failure.ts'
import { allowedMethods, matchRoute } from './match-route.ts'
import { checkAccept, checkContentEncoding, checkContentType } from './negotiate.ts'
import { readQuery } from './query.ts'
import { respond, type ScimResponse } from './respond.ts'
import { ROUTES } from './routes.ts'

export const SCIM_PATH = '/scim/v2'

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

/** Answers one SCIM request, whatever it is: token, rate, body, verb, answer, record, in this order. */
export async function answerScim(request: ScimRequest): Promise<ScimResponse> {
  const exchange = newExchange({
    at: Date.now(),
    kind: 'scim',
    teamId: NIL_ID,
    method: request.method,
    path: redactPath(request.url),
  })
  exchange.ip = clientAddress(request.header('x-forwarded-for'))
  exchange.userAgent = request.header('user-agent')
  exchange.requestHeaders = keptHeaders(request)
  let answer: ScimAnswer
  try {
    answer = await handle(request, exchange)
  } catch (cause) {
    answer = failureAnswer(cause, exchange)
  }
  if (!exchange.recorded) completeRecord(exchange, answer)
  exchangeWriter().add(exchange)
  return respond(answer, exchange.id)
}

async function handle(request: ScimRequest, exchange: ExchangeDraft): Promise<ScimAnswer> {
  const checked = await authenticate(request.header('authorization'), exchange.at)
  const caller = 'caller' in checked ? checked.caller : checked.refusal.caller
  if (caller) {
    exchange.teamId = caller.teamId
    exchange.connectionId = caller.connectionId
    exchange.serviceUserId = caller.serviceUserId
    exchange.tokenHash = caller.tokenHash
  }
  if ('refusal' in checked) throw new Unauthenticated(checked.refusal)
  await takeAllowance(checked.caller, exchange.at)

  const [path, search] = splitUrl(request.url)
  const route = matchRoute(ROUTES, path.slice(SCIM_PATH.length))
  if (!route)
    throw new ScimError(
      404,
      undefined,
      `There is no SCIM endpoint ${path.slice(0, 200)}. The base URL is ${env().PUBLIC_URL}${SCIM_PATH}; below it are /Users, /Groups and /Roles.`,
    )
  noteTarget(exchange, path, route.id)
  if (request.method === 'OPTIONS') return { status: 204, headers: { allow: allowedMethods(route.methods) } }
  const method = request.method === 'HEAD' ? 'GET' : request.method
  const handler = Object.hasOwn(route.methods, method) ? route.methods[method] : undefined
  if (!handler) throw new MethodNotAllowed(request.method, allowedMethods(route.methods))
  checkAccept(request.header('accept'))
  const body = method === 'GET' || method === 'DELETE' ? undefined : await readJson(request, exchange)
  return handler({
    caller: checked.caller,
    definitions: await teamDefinitions(checked.caller.teamId),
    exchange,
    method,
    id: route.id,
    query: readQuery(search),
    header: request.header,
    body,
    now: exchange.at,
    scimBaseUrl: env().PUBLIC_URL + SCIM_PATH,
  })
}

async function takeAllowance(caller: { teamId: string; connectionId: string }, now: number): Promise<void> {
  const retryAfterSeconds = await takeRequest(caller.teamId, caller.connectionId, now)
  if (retryAfterSeconds === 0) return
  throw new WithHeaders(
    429,
    `More than ${env().SCIM_REQUESTS_PER_SECOND} requests a second. Okta waits and tries again by itself.`,
    { 'retry-after': String(retryAfterSeconds) },
  )
}

async function readJson(request: ScimRequest, exchange: ExchangeDraft): Promise<unknown> {
  checkContentType(request.header('content-type'))
  checkContentEncoding(request.header('content-encoding'))
  let bytes: Uint8Array
  try {
    bytes = await request.body(MAX_BODY_BYTES)
  } catch (cause) {
    if (cause instanceof BodyCutOff)
      throw new ScimError(400, undefined, 'The connection ended before the whole body had arrived.', cause)
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

/** The path, and the query with its question mark. */
function splitUrl(url: string): [path: string, search: string] {
  const mark = url.indexOf('?')
  return mark < 0 ? [url, ''] : [url.slice(0, mark), url.slice(mark)]
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

function keptHeaders({ header }: ScimRequest): Record<string, string> | null {
  const kept: Record<string, string> = {}
  let any = false
  for (const name of KEPT_HEADERS) {
    const value = header(name)
    if (value === null) continue
    kept[name] = value.slice(0, 300)
    any = true
  }
  return any ? kept : null
}
