import { OAuthError } from '#lib/oauth/oauth-error'
import { ScimError } from '#lib/scim/scim-error'

/** What a call refuses with: `"400 invalidPath: The path …"`. Fails when it refuses nothing, or in another way. */
export function scimRefusal(call: () => unknown): string {
  const error = thrownBy(call)
  if (!(error instanceof ScimError)) throw error
  return `${error.status} ${error.scimType ?? '-'}: ${error.detail}`
}

/** The same in OAuth's words: `"invalid_request: grant_type is missing."` */
export function oauthRefusal(call: () => unknown): string {
  const error = thrownBy(call)
  if (!(error instanceof OAuthError)) throw error
  return error.message
}

function thrownBy(call: () => unknown): unknown {
  let result: unknown
  try {
    result = call()
  } catch (error) {
    return error
  }
  throw new Error(`It was accepted: ${JSON.stringify(result)}`)
}
