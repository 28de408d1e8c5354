import type { OAuthError } from '#lib/oauth/oauth-error'
import type { TokenResponse } from '#lib/oauth/token-response'

/** Whom an OAuth request concerned, so that it is attributed in the activity log, refused or not. */
export type Attribution = { teamId: string; connectionId: string; serviceUserId: string; name: string }

/**
 * What became of a token request. A refusal is returned, not thrown: what it changed (a replayed token's family is
 * revoked) must be committed all the same.
 */
export type GrantOutcome = { attribution?: Attribution; notes?: string[] } & (
  | { tokens: TokenResponse }
  | { refused: OAuthError }
)
