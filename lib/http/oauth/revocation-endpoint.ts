import { revokeToken } from '#lib/connections/revoke-token'
import { OAuthError } from '#lib/oauth/oauth-error'
import { answerClient } from './endpoint.ts'

/** POST /oauth/revoke (RFC 7009): 200 without a body, also for a token that nobody knows (§2.2). */
export function revocationEndpoint(request: Request): Promise<Response> {
  return answerClient(request, 'token.revoke', async ({ parameters, client, now }) => {
    const token = parameters.get('token')
    if (token === undefined) throw new OAuthError('invalid_request', 'token is missing.')
    const { attribution, ended } = await revokeToken({ token, clientId: client.id, now })
    const summary =
      ended === 0
        ? 'revoked a token that was not live'
        : `revoked ${ended} ${ended === 1 ? 'token' : 'tokens'}`
    return { attribution, action: 'token.revoke', summary }
  })
}
