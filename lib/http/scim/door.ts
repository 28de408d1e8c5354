import { type ExchangeDraft, KEPT_CHARACTERS } from '#lib/activity/exchange'
import { exchangeWriter } from '#lib/activity/exchange-writer'
import { redactJson } from '#lib/activity/redact'
import { assumeCaller } from '#lib/connections/assume-caller'
import { authenticate, type Caller } from '#lib/connections/authenticate'
import { Permit } from '#lib/db/permit'
import { teamDefinitions } from '#lib/directory/definitions'
import { env } from '#lib/platform/env'
import { stepByStep } from '#lib/platform/step-by-step'
import { parseJson } from '#lib/scim/json'
import { parseJsonInSlices, SLICE_BYTES } from '#lib/scim/json-in-slices'
import { ScimError } from '#lib/scim/scim-error'
import { takeRequest } from '../rate-limit.ts'
import { BodyCutOff, BodyTooLarge } from '../read-body.ts'
import { MAX_BODY_BYTES, SCIM_PATH } from './bounds.ts'
import type { ScimAnswer, ScimHandler, ScimRequest } from './context.ts'
import { draftOf, noteCaller, noteTarget } from './draft.ts'
import { completeRecord, failureAnswer, MethodNotAllowed, Unauthenticated, WithHeaders } from './failure.ts'
import { allowedMethods, type Match, matchRoute } from './match-route.ts'
import { checkAccept, checkContentEncoding, checkContentType } from './negotiate.ts'
import { readQuery } from './query.ts'
import { PROVING } from './resource-routes.ts'
import { respond, type ScimResponse } from './respond.ts'
import { ROUTES } from './routes.ts'

/**
 * Answers one SCIM request, whatever it is: token, rate, body, verb, answer, record, in this order (the token of
 * a caller who is known already is proven by the verb's first statement: lib/db/permit.ts).
 */
export async function answerScim(request: ScimRequest): Promise<ScimResponse> {
  const exchange = draftOf(request)
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

type Target = { path: string; search: string; route: Match | undefined; handler: ScimHandler | undefined }

async function handle(request: ScimRequest, exchange: ExchangeDraft): Promise<ScimAnswer> {
  const target = targetOf(request)
  const check = () => checkCaller(request, exchange)
  const assumed =
    target.handler && PROVING.has(target.handler) ? assumeCaller(request.header('authorization')) : undefined
  if (!assumed) return serve(request, exchange, target, await check())
  const permit = new Permit(assumed.tokenHash, check)
  try {
    return await serve(request, exchange, target, assumed, permit)
  } finally {
    // A token that is not good takes the place of whatever came out, a fault of the request included.
    await permit.confirm()
  }
}

function targetOf(request: ScimRequest): Target {
  const [path, search] = splitUrl(request.url)
  const route = matchRoute(ROUTES, path.slice(SCIM_PATH.length))
  const method = methodOf(request)
  const handler = route && Object.hasOwn(route.methods, method) ? route.methods[method] : undefined
  return { path, search, route, handler }
}

const methodOf = ({ method }: ScimRequest) => (method === 'HEAD' ? 'GET' : method)

/** The full check of the token. A refusal is recorded as one that was met before anything else of the request was. */
async function checkCaller(request: ScimRequest, exchange: ExchangeDraft): Promise<Caller> {
  const checked = await authenticate(request.header('authorization'), exchange.at)
  if ('caller' in checked) return checked.caller
  const { id, at, startedAt } = exchange
  Object.assign(exchange, draftOf(request), { id, at, startedAt })
  if (checked.refusal.caller) noteCaller(exchange, checked.refusal.caller)
  throw new Unauthenticated(checked.refusal)
}

async function serve(
  request: ScimRequest,
  exchange: ExchangeDraft,
  { path, search, route, handler }: Target,
  caller: Caller,
  permit?: Permit,
): Promise<ScimAnswer> {
  noteCaller(exchange, caller)
  await takeAllowance(caller, exchange.at)
  if (!route)
    throw new ScimError(
      404,
      undefined,
      `There is no SCIM endpoint ${path.slice(0, 200)}. The base URL is ${env().PUBLIC_URL}${SCIM_PATH}; below it are /Users, /Groups and /Roles.`,
    )
  noteTarget(exchange, path, route.id)
  if (request.method === 'OPTIONS') return { status: 204, headers: { allow: allowedMethods(route.methods) } }
  if (!handler) throw new MethodNotAllowed(request.method, allowedMethods(route.methods))
  checkAccept(request.header('accept'))
  const method = methodOf(request)
  const body = method === 'GET' || method === 'DELETE' ? undefined : await readJson(request, exchange)
  return handler({
    caller,
    permit,
    definitions: await teamDefinitions(caller.teamId),
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
  return bytes.byteLength > SLICE_BYTES ? stepByStep(parseJsonInSlices(bytes)) : parseJson(bytes)
}

/** The path, and the query with its question mark. */
function splitUrl(url: string): [path: string, search: string] {
  const mark = url.indexOf('?')
  return mark < 0 ? [url, ''] : [url.slice(0, mark), url.slice(mark)]
}
