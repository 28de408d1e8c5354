import { introspectToken } from '#lib/connections/introspect-token'
import { OAuthError } from '#lib/oauth/oauth-error'
import { answerClient } from './endpoint.ts'

/** POST /oauth/introspect (RFC 7662), for clients that can prove who they are (§2.1), about tokens of their own. */
export function introspectionEndpoint(request: Request): Promise<Response> {
  return answerClient(request, 'token.introspect', async ({ parameters, client, now }) => {
    if (!client.confidential)
      throw new OAuthError('invalid_client', 'A client without a secret cannot introspect tokens.')
    const token = parameters.get('token')
    if (token === undefined) throw new OAuthError('invalid_request', 'token is missing.')
    const answer = await introspectToken({ token, client, now })
    return {
      answer,
      action: 'token.introspect',
      summary: `asked about a token: ${answer.active ? 'live' : 'not live'}`,
    }
  })
}
