import type { IntrospectionResponse } from '#lib/oauth/token-response'
import { env } from '#lib/platform/env'
import type { FoundClient } from './find-client.ts'
import { findToken } from './find-token.ts'
import { refreshGraceMs } from './refresh-grace.ts'

/**
 * RFC 7662: what a client may know of a token of its own. Of any other it learns what it learns of a made-up one:
 * not active.
 */
export async function introspectToken(given: {
  token: string
  client: FoundClient
  now: number
}): Promise<IntrospectionResponse> {
  const token = await findToken(given.token)
  const { client, now } = given
  if (!token || token.client_id !== client.id) return { active: false }
  if (token.revoked_at || token.disconnected_at || token.disabled_at) return { active: false }
  if (token.expires_at && token.expires_at.getTime() <= now) return { active: false }
  const graceMs = refreshGraceMs(client.confidential)
  if (token.rotated_at && token.rotated_at.getTime() + graceMs <= now) return { active: false }
  return {
    active: true,
    ...(token.kind === 'refresh' ? {} : { token_type: 'Bearer' as const }),
    scope: token.scope,
    client_id: client.clientId,
    username: token.service_user_name,
    sub: token.service_user_id,
    iss: env().PUBLIC_URL,
    iat: Math.floor(token.created_at.getTime() / 1000),
    ...(token.expires_at ? { exp: Math.floor(token.expires_at.getTime() / 1000) } : {}),
  }
}
