import type { OAuthConfig } from 'next-auth/providers/oauth'
import { env } from '#lib/platform/env'
import type { OidcClaims } from './resolve-oidc.ts'

const OIDC_PROVIDER_ID = 'oidc'

export type OidcProfile = OidcClaims

/** The OpenID provider that OIDC_* names (Okta, or any other), or undefined when none is set. */
export function oidcProvider(): OAuthConfig<OidcProfile> | undefined {
  const { OIDC_ISSUER: issuer, OIDC_CLIENT_ID: clientId, OIDC_CLIENT_SECRET: clientSecret, OIDC_NAME } = env()
  if (!issuer || !clientId || !clientSecret) return undefined
  return {
    id: OIDC_PROVIDER_ID,
    name: OIDC_NAME,
    type: 'oauth',
    wellKnown: `${issuer.replace(/\/+$/, '')}/.well-known/openid-configuration`,
    issuer,
    clientId,
    clientSecret,
    authorization: { params: { scope: 'openid email profile' } },
    idToken: true,
    // next-auth's client also checks `iss` in the response (RFC 9207) when the provider sends it or says it would.
    checks: ['pkce', 'state', 'nonce'],
    httpOptions: { timeout: 10_000 },
    userinfo: {
      request: async ({ client, tokens }) => {
        // OpenID Connect Discovery 1.0 §4.3: the document must be the configured issuer's own.
        if (String(client.issuer.issuer).replace(/\/+$/, '') !== issuer.replace(/\/+$/, ''))
          throw new Error(`the discovery document names the issuer ${client.issuer.issuer}`)
        // The ID token was verified just before. Okta's has no email when an access token comes with it.
        const claims = (tokens as unknown as { claims(): OidcProfile }).claims()
        if (claims.email !== undefined && claims.email_verified !== undefined) return claims
        const more =
          client.issuer.userinfo_endpoint && tokens.access_token
            ? await client.userinfo(tokens.access_token)
            : {}
        if ('sub' in more && more.sub !== claims.sub) throw new Error('userinfo is about another subject')
        return { ...more, ...claims }
      },
    },
    profile: (claims) => ({ id: claims.sub, email: claims.email ?? null, name: claims.name ?? null }),
  }
}
