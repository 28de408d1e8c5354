import { createHash } from 'node:crypto'
import { type HttpReply, isRecord } from './call.ts'
import type { HttpRequest } from './http.ts'

export type OAuthClient = {
  authorizationEndpoint: string
  tokenEndpoint: string
  clientId: string
  clientSecret: string
  scopes: string
  /** Okta does not document which it uses, so both can be tried. */
  clientAuthentication: 'basic' | 'body'
}

export type OAuthTokens = {
  accessToken: string
  refreshToken: string
  /** ISO time; empty when the server did not say. */
  expiresAt: string
  scope: string
}

/** The token endpoint said no, or said something that is not a token response (RFC 6749 §5.2). */
export class TokenEndpointError extends Error {
  readonly status: number
  constructor(status: number, message: string) {
    super(message)
    this.name = 'TokenEndpointError'
    this.status = status
  }
}

/** Adds to the authorization endpoint's own query string instead of replacing it, as Okta does. */
export function authorizationUrl(
  client: OAuthClient,
  redirectUri: string,
  state: string,
  codeVerifier: string | undefined,
): string {
  const url = new URL(client.authorizationEndpoint)
  url.searchParams.append('response_type', 'code')
  url.searchParams.append('client_id', client.clientId)
  url.searchParams.append('redirect_uri', redirectUri)
  url.searchParams.append('state', state)
  if (client.scopes !== '') url.searchParams.append('scope', client.scopes)
  if (codeVerifier !== undefined) {
    url.searchParams.append('code_challenge', createHash('sha256').update(codeVerifier).digest('base64url'))
    url.searchParams.append('code_challenge_method', 'S256')
  }
  return url.toString()
}

/** The token request for a code or a refresh token, ready to send. */
export function tokenRequest(
  client: OAuthClient,
  grant: Record<string, string>,
  timeoutMilliseconds: number,
): HttpRequest {
  const form = new URLSearchParams(grant)
  const headers: Record<string, string> = {
    'User-Agent': 'Okta SCIM Client 1.0.0',
    Accept: 'application/json',
    'Content-Type': 'application/x-www-form-urlencoded',
  }
  if (client.clientAuthentication === 'basic') {
    // RFC 6749 §2.3.1: both halves are form-encoded before they are joined.
    const encode = (text: string) => new URLSearchParams({ v: text }).toString().slice(2)
    const pair = `${encode(client.clientId)}:${encode(client.clientSecret)}`
    headers.Authorization = `Basic ${Buffer.from(pair).toString('base64')}`
  } else {
    form.set('client_id', client.clientId)
    form.set('client_secret', client.clientSecret)
  }
  return { method: 'POST', url: client.tokenEndpoint, headers, body: form.toString(), timeoutMilliseconds }
}

/** Reads a token response; a reply without a new refresh token keeps the old one. */
export function readTokens(reply: HttpReply, now: Date, previousRefreshToken: string): OAuthTokens {
  let body: unknown
  try {
    body = JSON.parse(reply.text)
  } catch {
    body = undefined
  }
  if (!isRecord(body)) {
    throw new TokenEndpointError(reply.status, `the token endpoint answered ${reply.status} without JSON`)
  }
  if (reply.status !== 200 || typeof body.access_token !== 'string') {
    const code = typeof body.error === 'string' ? body.error : `HTTP ${reply.status}`
    const description = typeof body.error_description === 'string' ? `: ${body.error_description}` : ''
    throw new TokenEndpointError(reply.status, `${code}${description}`)
  }
  const seconds = Number(body.expires_in)
  return {
    accessToken: body.access_token,
    refreshToken:
      typeof body.refresh_token === 'string' && body.refresh_token !== ''
        ? body.refresh_token
        : previousRefreshToken,
    expiresAt: Number.isFinite(seconds) ? new Date(now.getTime() + seconds * 1000).toISOString() : '',
    scope: typeof body.scope === 'string' ? body.scope : '',
  }
}
