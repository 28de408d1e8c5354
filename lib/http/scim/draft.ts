import { type ExchangeDraft, newExchange } from '#lib/activity/exchange'
import { redactPath } from '#lib/activity/redact'
import type { Caller } from '#lib/connections/authenticate'
import { isUuid, NIL_ID } from '#lib/platform/ids'
import { clientAddress } from '../client-address.ts'
import { SCIM_PATH } from './bounds.ts'
import type { ScimRequest } from './context.ts'

/** What is known of a request before anybody has looked at it. */
export function draftOf(request: ScimRequest): ExchangeDraft {
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
  return exchange
}

export function noteCaller(exchange: ExchangeDraft, caller: Caller): void {
  exchange.teamId = caller.teamId
  exchange.connectionId = caller.connectionId
  exchange.serviceUserId = caller.serviceUserId
  exchange.tokenHash = caller.tokenHash
}

const TYPES = [
  ['Users', 'User'],
  ['Groups', 'Group'],
  ['Roles', 'Role'],
] as const

/** What the path alone says of the resource, so that a request that fails is found with it. */
export function noteTarget(exchange: ExchangeDraft, path: string, id: string): void {
  const type = TYPES.find(([collection]) => path.startsWith(`${SCIM_PATH}/${collection}`))?.[1] ?? null
  exchange.resourceType = type
  exchange.resourceId = type && isUuid(id) ? id.toLowerCase() : null
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
