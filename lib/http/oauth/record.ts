import { type ExchangeDraft, newExchange } from '#lib/activity/exchange'
import { exchangeWriter } from '#lib/activity/exchange-writer'
import { redactTokens } from '#lib/activity/redact'
import type { Attribution } from '#lib/connections/token-grant'
import { NIL_ID } from '#lib/platform/ids'
import { clientAddress } from '../client-address.ts'

/** What a request's record may keep as sent. Everything else is a secret, or might hold one by mistake. */
const KEPT_PARAMETERS = new Set([
  'grant_type',
  'client_id',
  'redirect_uri',
  'scope',
  'token_type_hint',
  'resource',
])
const REDACTED = '[redacted]'

export type OAuthExchange = ExchangeDraft

/** The record of one request to the token, revocation or introspection endpoint. The address's query is not kept. */
export function beginExchange(request: Request, now: number): OAuthExchange {
  const draft = newExchange({
    at: now,
    kind: 'oauth',
    teamId: NIL_ID,
    method: request.method,
    path: new URL(request.url).pathname,
  })
  draft.ip = clientAddress(request.headers.get('x-forwarded-for'))
  draft.userAgent = request.headers.get('user-agent')
  return draft
}

/** The form's parameters in their order, each secret replaced before anything is stored. */
export function keepForm(draft: OAuthExchange, body: string): void {
  draft.requestBytes = Buffer.byteLength(body)
  draft.requestBody = [...new URLSearchParams(body)]
    .map(([name, value]) => {
      const known = KEPT_PARAMETERS.has(name)
      return `${redactTokens(name).slice(0, 100)}=${known ? redactTokens(value) : REDACTED}`
    })
    .join('&')
}

/** JSON as answered, its tokens replaced. */
export function keepAnswer(draft: OAuthExchange, status: number, answer: object): void {
  draft.status = status
  draft.responseBody = JSON.stringify(answer, (name, value) =>
    name === 'access_token' || name === 'refresh_token' ? REDACTED : value,
  )
  draft.responseBytes = Buffer.byteLength(draft.responseBody)
}

export function attribute(draft: OAuthExchange, to: Attribution | undefined): void {
  if (!to) return
  draft.teamId = to.teamId
  draft.connectionId = to.connectionId
  draft.serviceUserId = to.serviceUserId
}

export function writeExchange(draft: OAuthExchange): void {
  exchangeWriter().add(draft)
}
