import { logEvent } from '../org/log.ts'
import { type Org, OrgError } from '../org/org.ts'
import type { App } from '../org/state.ts'
import { ScimCallError } from '../scim-client/call.ts'
import { readTokens, TokenEndpointError, tokenRequest } from '../scim-client/oauth.ts'
import { exchange } from './exchange.ts'

/** One refresh at a time for each app: parallel requests wait for the same answer. */
const refreshing = new Map<string, Promise<void>>()

/** The `Authorization` of the next request. Refreshes an expired access token first, and only then. */
export async function authorization(org: Org, app: App, timeoutMilliseconds: number): Promise<string> {
  const { integration } = app
  if (integration.mode === 'header') return `Bearer ${integration.headerToken}`
  if (integration.mode === 'basic') {
    const pair = `${integration.basicUsername}:${integration.basicPassword}`
    return `Basic ${Buffer.from(pair).toString('base64')}`
  }
  if (app.tokens === null)
    throw new ScimCallError(401, 'Unauthorized', `Authenticate with ${app.label} first`)
  const expired = app.tokens.expiresAt !== '' && Date.parse(app.tokens.expiresAt) <= org.now().getTime()
  if (expired) await refreshAccessToken(org, app, timeoutMilliseconds)
  return `Bearer ${app.tokens.accessToken}`
}

/** @throws ScimCallError (401) when the server no longer takes the refresh token. */
export function refreshAccessToken(org: Org, app: App, timeoutMilliseconds: number): Promise<void> {
  const running = refreshing.get(app.id)
  if (running !== undefined) return running
  const refresh = refreshOnce(org, app, timeoutMilliseconds).finally(() => refreshing.delete(app.id))
  refreshing.set(app.id, refresh)
  return refresh
}

async function refreshOnce(org: Org, app: App, timeoutMilliseconds: number): Promise<void> {
  const refreshToken = app.tokens?.refreshToken ?? ''
  try {
    if (refreshToken === '') throw new TokenEndpointError(401, 'there is no refresh token')
    const grant = { grant_type: 'refresh_token', refresh_token: refreshToken }
    const reply = await exchange(org, app, tokenRequest(app.integration, grant, timeoutMilliseconds))
    app.tokens = readTokens(reply, org.now(), refreshToken)
    org.changed()
  } catch (error) {
    if (!(error instanceof TokenEndpointError)) throw error
    logEvent(org, 'application.integration.authentication_failure', error.message, {
      appId: app.id,
      outcome: 'FAILURE',
      target: app.label,
    })
    throw new ScimCallError(
      401,
      'Unauthorized',
      `${error.message.replace(/\.$/, '')}. Authenticate with ${app.label} again`,
    )
  }
}

/** Turns the code of the callback into tokens. */
export async function exchangeCode(
  org: Org,
  app: App,
  code: string,
  redirectUri: string,
  codeVerifier: string,
  timeoutMilliseconds: number,
): Promise<void> {
  const grant: Record<string, string> = { grant_type: 'authorization_code', code, redirect_uri: redirectUri }
  if (codeVerifier !== '') grant.code_verifier = codeVerifier
  try {
    const reply = await exchange(org, app, tokenRequest(app.integration, grant, timeoutMilliseconds))
    app.tokens = readTokens(reply, org.now(), '')
  } catch (error) {
    if (error instanceof TokenEndpointError || error instanceof ScimCallError) {
      throw new OrgError(`Error while exchanging the authorization code: ${error.message}`)
    }
    throw error
  }
  app.authenticatedAt = org.now().toISOString()
  org.changed()
}
