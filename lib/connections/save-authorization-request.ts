import { prisma } from '#lib/db/prisma-client'
import type { AuthorizationParameters } from '#lib/oauth/authorization-request'
import { newId } from '#lib/platform/ids'

const REQUEST_MINUTES = 10

/**
 * Keeps a checked authorization request on the server for 10 minutes. Only the browser that brought it may decide it:
 * `browserHash` is the hash of the random cookie that this browser holds. Nothing of it travels through the person's
 * hands again but its id.
 */
export async function saveAuthorizationRequest(given: {
  clientId: string
  parameters: AuthorizationParameters
  browserHash: string
  now: number
}): Promise<{ id: string; expiresAt: Date }> {
  const { parameters, now } = given
  const id = newId(now)
  const expiresAt = new Date(now + REQUEST_MINUTES * 60_000)
  await prisma().authorizationRequest.create({
    data: {
      id,
      clientId: given.clientId,
      redirectUri: parameters.redirectUri,
      redirectUriGiven: parameters.redirectUriGiven,
      state: parameters.state,
      scope: parameters.scope,
      codeChallenge: parameters.codeChallenge?.challenge,
      codeChallengeMethod: parameters.codeChallenge?.method,
      browserHash: given.browserHash,
      createdAt: new Date(now),
      expiresAt,
    },
  })
  return { id, expiresAt }
}
