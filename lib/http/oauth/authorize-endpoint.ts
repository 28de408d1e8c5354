import { redactTokens } from '#lib/activity/redact'
import { takeAllowance } from '#lib/auth/allowance'
import { requestOrigin } from '#lib/auth/client-of-request'
import { memberOfRequest } from '#lib/auth/member-of-request'
import { signInPath } from '#lib/auth/recent-sign-in'
import { type FoundClient, findClient } from '#lib/connections/find-client'
import { saveAuthorizationRequest } from '#lib/connections/save-authorization-request'
import {
  type AuthorizationParameters,
  checkAuthorizationRequest,
  clientIdOf,
} from '#lib/oauth/authorization-request'
import { errorRedirect } from '#lib/oauth/authorization-response'
import { OAuthError } from '#lib/oauth/oauth-error'
import { isTrustedRedirect } from '#lib/oauth/trusted-redirect'
import { env } from '#lib/platform/env'
import { newId } from '#lib/platform/ids'
import { logger } from '#lib/platform/logger'
import { browserCookie, browserOfRequest, newBrowser, returnCookie } from './browser-cookie.ts'
import { orProblem } from './or-problem.ts'
import { problemPage } from './problem-page.ts'

/** Each request that is kept is a row, and anybody may send one: more than people at one address ever need. */
const KEPT_PER_ADDRESS = { most: 100, seconds: 600 }

/**
 * GET /oauth/authorize (RFC 6749 §4.1.1): checks the request, keeps it here, and sends the browser on to the approve
 * page with nothing but the request's id. An unknown client or redirect URI gets a page and never a redirect; every
 * other fault goes back to the client with `error`, `state` and `iss`, after a sign-in if the client's address is not
 * one that Muster trusts (RFC 9700 §4.11.2). Too many from one address: a page with status 429.
 */
export function authorizeEndpoint(request: Request): Promise<Response> {
  return orProblem(() => authorize(request))
}

async function authorize(request: Request): Promise<Response> {
  const query = new URL(request.url).searchParams
  const now = Date.now()
  const clientId = clientIdOf(query)
  const client = clientId === undefined ? undefined : await findClient(clientId)
  let parameters: AuthorizationParameters
  try {
    parameters = checkAuthorizationRequest(query, client)
  } catch (cause) {
    if (!(cause instanceof OAuthError)) throw cause
    return refuse(request, cause, client)
  }
  const waitSeconds = await takeAllowance(
    'authorize',
    requestOrigin(request.headers).ip,
    KEPT_PER_ADDRESS,
    now,
  )
  if (waitSeconds > 0) return tooMany(waitSeconds)
  const browser = browserOfRequest(request) ?? newBrowser()
  const saved = await saveAuthorizationRequest({
    clientId: client?.id as string,
    parameters,
    browserHash: browser.hash,
    now,
  })
  const headers = seeOther(`/oauth/approve/${saved.id}`)
  headers.append('set-cookie', browserCookie(browser))
  headers.append('set-cookie', returnCookie(saved.id, parameters.redirectUri))
  return new Response(null, { status: 303, headers })
}

/** A redirect whose address stays out of caches and referrers. */
export function seeOther(location: string): Headers {
  return new Headers({ location, 'cache-control': 'no-store', 'referrer-policy': 'no-referrer' })
}

async function refuse(
  request: Request,
  error: OAuthError,
  client: FoundClient | undefined,
): Promise<Response> {
  const { redirect } = error
  if (!redirect) return explain(error, clientIdOf(new URL(request.url).searchParams))
  const { redirectUri, state } = redirect
  const { pathname, search } = new URL(request.url)
  const trusted = isTrustedRedirect(redirectUri, client?.ownerTeamId !== null)
  if (!trusted && !(await memberOfRequest(request)))
    return new Response(null, { status: 303, headers: seeOther(signInPath(pathname + search)) })
  const location = errorRedirect(redirectUri, error, { state, issuer: env().PUBLIC_URL })
  return new Response(null, { status: 303, headers: seeOther(location) })
}

/** RFC 6585 §4. A page: sent back to the client, its next try would come at once. */
function tooMany(waitSeconds: number): Promise<Response> {
  const reference = newId()
  logger().warn({ requestId: reference, waitSeconds }, 'too many authorization requests from one address')
  const minutes = Math.ceil(waitSeconds / 60)
  const { most, seconds } = KEPT_PER_ADDRESS
  return problemPage({
    title: 'Too many requests for now',
    explanation: `More than ${most} connections were asked for from your network address in ${seconds / 60} minutes, so Muster did not keep this request. Nothing was shared, and those before it still work.`,
    advice: `Wait ${minutes === 1 ? 'a minute' : `${minutes} minutes`}, then start again in Okta.`,
    reference,
    status: 429,
    headers: { 'retry-after': String(waitSeconds) },
  })
}

/** A page, because the request names nobody that it could be sent back to. */
function explain(error: OAuthError, clientId = ''): Promise<Response> {
  const reference = newId()
  logger().warn(
    { requestId: reference, clientId: redactTokens(clientId), reason: error.description },
    'an authorization request was refused',
  )
  const unknownClient = error.error === 'invalid_client'
  return problemPage({
    title: unknownClient ? 'Muster does not know this client' : 'This request leads somewhere unexpected',
    explanation: unknownClient
      ? `${error.description} Nothing was shared with whoever sent you here.`
      : `${error.description} So Muster does not send you on, and nothing was shared.`,
    advice: unknownClient
      ? 'If you came from Okta, compare the client id in Okta’s form with the one under Connections in Muster.'
      : 'If you came from Okta, add the app’s redirect URIs to the client under Connections in Muster: they must match exactly.',
    reference,
  })
}
