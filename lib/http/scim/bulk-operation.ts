import { type ExchangeDraft, KEPT_CHARACTERS, newExchange } from '#lib/activity/exchange'
import { exchangeWriter } from '#lib/activity/exchange-writer'
import { redactJson, redactPath } from '#lib/activity/redact'
import { authenticate } from '#lib/connections/authenticate'
import { isUuid } from '#lib/platform/ids'
import type { BulkOperation } from '#lib/scim/bulk-request'
import { ScimError } from '#lib/scim/scim-error'
import { takeRequest } from '../rate-limit.ts'
import type { ScimAnswer, ScimContext } from './context.ts'
import { completeRecord, failureAnswer, Unauthenticated } from './failure.ts'
import { matchRoute } from './match-route.ts'
import { readQuery } from './query.ts'
import { RESOURCE_ROUTES } from './resource-routes.ts'

/** What an operation comes to once its references are ids; making it may throw ScimError. */
export type Prepared = { path: string; data: unknown }

/**
 * Runs one operation of a bulk request as the single request it stands for: token, allowance, route, verb, and an exchange
 * of its own, which `place` says the origin of ("bulk: operation 3 of 12 of request …").
 */
export async function runBulkOperation(
  bulk: ScimContext,
  operation: Pick<BulkOperation, 'method' | 'path' | 'version'>,
  place: string,
  prepare: () => Prepared,
): Promise<ScimAnswer> {
  const exchange = newExchange({
    at: Date.now(),
    kind: 'scim',
    teamId: bulk.caller.teamId,
    method: operation.method,
    path: redactPath(`${new URL(bulk.scimBaseUrl).pathname}${operation.path}`),
  })
  const { connectionId, serviceUserId, tokenHash, ip, userAgent } = bulk.exchange
  Object.assign(exchange, { connectionId, serviceUserId, tokenHash, ip, userAgent, partOf: place })
  let answer: ScimAnswer
  try {
    answer = await run(bulk, operation, prepare, exchange)
  } catch (cause) {
    answer = failureAnswer(cause, exchange)
  }
  if (!exchange.recorded) completeRecord(exchange, answer)
  exchangeWriter().add(exchange)
  return answer
}

async function run(
  bulk: ScimContext,
  { method, version }: Pick<BulkOperation, 'method' | 'version'>,
  prepare: () => Prepared,
  exchange: ExchangeDraft,
): Promise<ScimAnswer> {
  const checked = await authenticate(bulk.header('authorization'), exchange.at)
  if ('refusal' in checked) throw new Unauthenticated(checked.refusal)
  await waitForTurn(bulk)
  const { path, data } = prepare()
  const [endpoint = '', query = ''] = path.split('?', 2)
  const route = matchRoute(RESOURCE_ROUTES, endpoint)
  const handler = route && Object.hasOwn(route.methods, method) ? route.methods[method] : undefined
  if (!route || !handler) {
    const detail = `A bulk operation cannot be ${method} ${endpoint.slice(0, 200)}. POST goes to /Users or /Groups; PUT, PATCH and DELETE go to one resource, as in /Users/{id}.`
    throw new ScimError(route ? 405 : 404, undefined, detail)
  }
  exchange.resourceType = endpoint.startsWith('/Users') ? 'User' : 'Group'
  exchange.resourceId = isUuid(route.id) ? route.id.toLowerCase() : null
  if (data !== undefined) {
    const text = JSON.stringify(data)
    exchange.requestBytes = Buffer.byteLength(text)
    exchange.requestBody = redactJson(text.slice(0, KEPT_CHARACTERS))
  }
  return handler({
    ...bulk,
    caller: checked.caller,
    exchange,
    method,
    id: route.id,
    query: readQuery(`?${query}`),
    header: (name) => (name === 'if-match' ? (version ?? null) : null),
    body: data,
    now: exchange.at,
  })
}

/** An operation counts as a request. The client has sent it already, so it waits for its allowance instead of failing. */
async function waitForTurn({ caller }: ScimContext): Promise<void> {
  for (;;) {
    const seconds = await takeRequest(caller.teamId, caller.connectionId, Date.now())
    if (seconds === 0) return
    await new Promise((resolve) => setTimeout(resolve, seconds * 1000))
  }
}
