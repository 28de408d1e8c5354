import { type ExchangeDraft, newExchange } from '#lib/activity/exchange'
import { exchangeWriter } from '#lib/activity/exchange-writer'
import { redactForm, redactPath } from '#lib/activity/redact'
import { authenticateClient } from '#lib/connections/authenticate-client'
import { clientCredentials } from '#lib/connections/client-credentials'
import type { FoundClient } from '#lib/connections/find-client'
import { introspectToken } from '#lib/connections/introspect-token'
import { redeemCode } from '#lib/connections/redeem-code'
import { refreshTokens } from '#lib/connections/refresh-tokens'
import { revokeToken } from '#lib/connections/revoke-token'
import type { Attribution, GrantOutcome } from '#lib/connections/token-grant'
import { readClientAuthentication } from '#lib/oauth/client-authentication'
import { authorizationServerMetadata } from '#lib/oauth/metadata'
import { OAuthError } from '#lib/oauth/oauth-error'
import type { Parameters } from '#lib/oauth/parameters'
import { readFormRequest, readTokenRequest } from '#lib/oauth/token-request'
import { env } from '#lib/platform/env'
import { NIL_ID } from '#lib/platform/ids'
import { logger } from '#lib/platform/logger'
import { clientAddress } from './client-address.ts'
import { BodyTooLarge, readBody } from './read-body.ts'

const MAX_FORM_BYTES = 64 * 1024
type Answer = { status: number; body: object | undefined }
type Endpoint = (client: FoundClient, parameters: Parameters, exchange: ExchangeDraft) => Promise<Answer>

/** POST /oauth/token (RFC 6749 §3.2). */
export const postToken = (request: Request) => answerForm(request, token)
/** POST /oauth/revoke (RFC 7009). */
export const postRevoke = (request: Request) => answerForm(request, revoke)
/** POST /oauth/introspect (RFC 7662). */
export const postIntrospect = (request: Request) => answerForm(request, introspect)

/** GET /.well-known/oauth-authorization-server (RFC 8414). */
export function getMetadata(): Response {
  return Response.json(authorizationServerMetadata(env().PUBLIC_URL), {
    headers: { 'cache-control': 'public, max-age=300' },
  })
}

const token: Endpoint = async (client, parameters, exchange) => {
  const asked = readTokenRequest(parameters)
  exchange.action = `token.${asked.grantType}`
  const now = exchange.at
  const outcome: GrantOutcome =
    asked.grantType === 'authorization_code'
      ? await redeemCode({
          code: asked.code,
          clientId: client.id,
          redirectUri: asked.redirectUri,
          codeVerifier: asked.codeVerifier,
          now,
        })
      : asked.grantType === 'refresh_token'
        ? await refreshTokens({ refreshToken: asked.refreshToken, clientId: client.id, now })
        : await clientCredentials({ client, now })
  attribute(exchange, outcome.attribution)
  exchange.notes = outcome.notes ?? []
  if ('refused' in outcome) throw outcome.refused
  exchange.summary =
    asked.grantType === 'refresh_token' ? 'renewed its access token' : 'received an access token'
  return { status: 200, body: outcome.tokens }
}

const revoke: Endpoint = async (client, parameters, exchange) => {
  const given = parameters.get('token')
  if (!given) throw new OAuthError('invalid_request', 'token is missing.')
  exchange.action = 'token.revoke'
  const { attribution, ended } = await revokeToken({ token: given, clientId: client.id, now: exchange.at })
  attribute(exchange, attribution)
  exchange.summary = `revoked ${ended} ${ended === 1 ? 'token' : 'tokens'}`
  return { status: 200, body: undefined }
}

const introspect: Endpoint = async (client, parameters, exchange) => {
  const given = parameters.get('token')
  if (!given) throw new OAuthError('invalid_request', 'token is missing.')
  exchange.action = 'token.introspect'
  exchange.summary = 'asked about a token'
  return { status: 200, body: await introspectToken({ token: given, client, now: exchange.at }) }
}

function attribute(exchange: ExchangeDraft, attribution: Attribution | undefined): void {
  if (!attribution) return
  exchange.teamId = attribution.teamId
  exchange.connectionId = attribution.connectionId
  exchange.serviceUserId = attribution.serviceUserId
}

/** What the three endpoints share: form, client, answer, record. Tokens, codes and secrets never reach the record. */
async function answerForm(request: Request, endpoint: Endpoint): Promise<Response> {
  const url = new URL(request.url)
  const exchange = newExchange({
    at: Date.now(),
    kind: 'oauth',
    teamId: NIL_ID,
    method: request.method,
    path: redactPath(url.pathname + url.search),
  })
  exchange.ip = clientAddress(request.headers)
  exchange.userAgent = request.headers.get('user-agent')
  let answer: Answer
  const headers = new Headers({
    'cache-control': 'no-store',
    pragma: 'no-cache',
    'x-request-id': exchange.id,
  })
  try {
    const bytes = await readBody(request, MAX_FORM_BYTES)
    const body = Buffer.from(bytes).toString('utf8')
    exchange.requestBytes = bytes.byteLength
    exchange.requestBody = redactForm(body)
    const parameters = readFormRequest({
      contentType: request.headers.get('content-type'),
      query: url.searchParams,
      body,
    })
    const client = await authenticateClient(
      readClientAuthentication(request.headers.get('authorization'), parameters),
      exchange.at,
    )
    answer = await endpoint(client, parameters, exchange)
  } catch (cause) {
    const error = oauthErrorOf(cause, exchange)
    exchange.errorType = error.error
    exchange.errorDetail = error.description
    exchange.summary = `refused: ${error.description}`
    const status = error.error === 'invalid_client' ? 401 : error.error === 'server_error' ? 500 : 400
    // RFC 6749 §5.2: a client that tried Basic is told the scheme.
    if (status === 401) headers.set('www-authenticate', 'Basic realm="Muster"')
    answer = { status, body: { error: error.error, error_description: error.description } }
  }
  exchange.status = answer.status
  exchange.responseBody = answer.body && 'error' in answer.body ? JSON.stringify(answer.body) : null
  exchangeWriter().add(exchange)
  return answer.body
    ? Response.json(answer.body, { status: answer.status, headers })
    : new Response(null, { status: answer.status, headers })
}

function oauthErrorOf(cause: unknown, exchange: ExchangeDraft): OAuthError {
  if (cause instanceof OAuthError) return cause
  if (cause instanceof BodyTooLarge) return new OAuthError('invalid_request', 'The request is too long.')
  logger().error({ err: cause, requestId: exchange.id }, 'an OAuth request failed')
  return new OAuthError(
    'server_error',
    `An error of Muster's own. Its operator finds the cause in the log under ${exchange.id}.`,
  )
}
