import { scimBaseUrl } from '#lib/connections/create-service-user'
import { env } from '#lib/platform/env'

/** The addresses that a client's own form asks for. */
export type OAuthEndpoints = { scimBaseUrl: string; authorizationEndpoint: string; tokenEndpoint: string }

export function oauthEndpoints(): OAuthEndpoints {
  const base = env().PUBLIC_URL
  return {
    scimBaseUrl: scimBaseUrl(),
    authorizationEndpoint: `${base}/oauth/authorize`,
    tokenEndpoint: `${base}/oauth/token`,
  }
}
