import { clientCredentials } from '#lib/connections/client-credentials'
import { redeemCode } from '#lib/connections/redeem-code'
import { refreshTokens } from '#lib/connections/refresh-tokens'
import type { GrantOutcome } from '#lib/connections/token-grant'
import { readTokenRequest, type TokenRequest } from '#lib/oauth/token-request'
import { answerClient, type EndpointContext } from './endpoint.ts'

const WORDS: Record<TokenRequest['grantType'], { action: string; summary: string }> = {
  authorization_code: { action: 'token.issue', summary: 'exchanged an approval for tokens' },
  refresh_token: { action: 'token.refresh', summary: 'refreshed its tokens' },
  client_credentials: { action: 'token.issue', summary: 'got an access token by client credentials' },
}

/** POST /oauth/token (RFC 6749 §3.2). */
export function tokenEndpoint(request: Request): Promise<Response> {
  return answerClient(request, 'token.refused', async (context) => {
    const asked = readTokenRequest(context.parameters)
    const outcome = await grant(asked, context)
    const { attribution, notes } = outcome
    const { action, summary } = WORDS[asked.grantType]
    return 'refused' in outcome
      ? { refused: outcome.refused, attribution, notes, action: 'token.refused', summary: '' }
      : { answer: outcome.tokens, attribution, notes, action, summary }
  })
}

function grant(asked: TokenRequest, { client, now }: EndpointContext): Promise<GrantOutcome> {
  switch (asked.grantType) {
    case 'authorization_code':
      return redeemCode({
        code: asked.code,
        clientId: client.id,
        redirectUri: asked.redirectUri,
        codeVerifier: asked.codeVerifier,
        now,
      })
    case 'refresh_token':
      return refreshTokens({ refreshToken: asked.refreshToken, client, now })
    case 'client_credentials':
      return clientCredentials({ client, now })
  }
}
