import { redactTokens } from '#lib/activity/redact'
import { authenticateClient } from '#lib/connections/authenticate-client'
import { type FoundClient, findClient } from '#lib/connections/find-client'
import type { Attribution } from '#lib/connections/token-grant'
import { databaseFault } from '#lib/db/database-fault'
import { readClientAuthentication } from '#lib/oauth/client-authentication'
import { OAuthError } from '#lib/oauth/oauth-error'
import type { Parameters } from '#lib/oauth/parameters'
import { readFormRequest } from '#lib/oauth/token-request'
import { logger } from '#lib/platform/logger'
import { BodyTooLarge, readBody } from '../read-body.ts'
import {
  attribute,
  beginExchange,
  keepAnswer,
  keepForm,
  type OAuthExchange,
  writeExchange,
} from './record.ts'

const MAX_BODY_BYTES = 32 * 1024
/** A code that was redeemed in the commit whose answer was lost cannot be redeemed again. */
const PERHAPS_DONE =
  'The connection to Muster’s database was lost before it said whether this was done. Try again; if it is refused then, authenticate again in Okta.'

/** What an endpoint is given: its parameters, and the client that proved itself. */
export type EndpointContext = { parameters: Parameters; client: FoundClient; now: number }
/** What it did: the answer, whom it concerned, and in words. `refused` is answered instead, and recorded all the same. */
export type EndpointResult = {
  answer?: object
  refused?: OAuthError
  attribution?: Attribution
  action: string
  summary: string
  notes?: string[]
}

/**
 * One request of a client: body, parameters, client authentication, the endpoint's own work, answer, record, in this
 * order. RFC 6749 §5.1: nothing here may be cached.
 */
export async function answerClient(
  request: Request,
  action: string,
  work: (context: EndpointContext) => Promise<EndpointResult>,
): Promise<Response> {
  const now = Date.now()
  const draft = beginExchange(request, now)
  draft.action = action
  try {
    const body = await readForm(request)
    keepForm(draft, body)
    const parameters = readFormRequest({
      contentType: request.headers.get('content-type'),
      query: new URL(request.url).searchParams,
      body,
    })
    const credentials = readClientAuthentication(request.headers.get('authorization'), parameters)
    draft.resourceType = 'Client'
    draft.resourceName = redactTokens(credentials.clientId)
    const found = await findClient(credentials.clientId)
    if (found) keepClient(draft, found)
    const client = authenticateClient(found, credentials, now)
    const result = await work({ parameters, client, now })
    attribute(draft, result.attribution)
    draft.action = result.action
    draft.notes = result.notes ?? []
    if (result.refused) return refuse(draft, result.refused)
    draft.summary = result.summary
    return respond(draft, 200, result.answer)
  } catch (cause) {
    return refuse(draft, asOAuthError(cause, draft))
  } finally {
    writeExchange(draft)
  }
}

/** Refused or not, a request stands in the log of the team whose client it says it is. */
function keepClient(draft: OAuthExchange, client: FoundClient): void {
  draft.resourceId = client.id
  draft.resourceName = client.name
  if (client.ownerTeamId) draft.teamId = client.ownerTeamId
}

async function readForm(request: Request): Promise<string> {
  try {
    return Buffer.from(await readBody(request, MAX_BODY_BYTES)).toString('utf8')
  } catch (cause) {
    if (cause instanceof BodyTooLarge)
      throw new OAuthError('invalid_request', 'The body is longer than 32 KB.')
    throw cause
  }
}

function asOAuthError(cause: unknown, draft: OAuthExchange): OAuthError {
  if (cause instanceof OAuthError) return cause
  logger().error({ err: cause, requestId: draft.id, path: draft.path }, 'an OAuth request failed')
  const away = databaseFault(cause)
  if (away)
    return new OAuthError('temporarily_unavailable', away.kind === 'lost' ? PERHAPS_DONE : away.what, {
      retryAfterSeconds: away.seconds,
    })
  return new OAuthError(
    'server_error',
    `Muster could not do this because of an error of its own. Its operator finds the cause in the log under ${draft.id}.`,
  )
}

/**
 * RFC 6749 §5.2. The section knows no code for a server that cannot answer now: it gets §4.1.2.1's, with the status and the
 * header from which a client sees that its grant or token is still what it was (RFC 7009 §2.2.1).
 */
function refuse(draft: OAuthExchange, error: OAuthError): Response {
  draft.errorType = error.error
  draft.errorDetail = error.detail ?? error.description
  draft.summary = `refused: ${error.description}`
  const body = { error: error.error, error_description: error.description }
  const headers: Record<string, string> = {}
  if (error.status === 401) headers['www-authenticate'] = 'Basic realm="Muster", charset="UTF-8"'
  if (error.retryAfterSeconds !== undefined) headers['retry-after'] = String(error.retryAfterSeconds)
  return respond(draft, error.status, body, headers)
}

function respond(
  draft: OAuthExchange,
  status: number,
  body: object | undefined,
  headers: Record<string, string> = {},
): Response {
  keepAnswer(draft, status, body ?? {})
  return new Response(body ? JSON.stringify(body) : null, {
    status,
    headers: {
      ...(body ? { 'content-type': 'application/json;charset=UTF-8' } : {}),
      'cache-control': 'no-store',
      pragma: 'no-cache',
      'x-request-id': draft.id,
      'x-content-type-options': 'nosniff',
      ...headers,
    },
  })
}
