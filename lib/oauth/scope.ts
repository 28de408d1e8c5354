/** What a client can be granted. `scim`: read and write users and groups, read roles. */
export const SCOPES = ['scim', 'offline_access'] as const

/**
 * The scope that is granted for what was asked (RFC 6749 §3.3: the server may grant other than what was asked, and
 * says what it granted). Unknown and repeated values are ignored, because Okta sends what an admin once typed; the
 * one thing there is to grant here, `scim`, is granted always.
 */
export function grantedScope(requested: readonly string[]): string {
  const asked = new Set(requested.flatMap((value) => value.split(' ')))
  return asked.has('offline_access') ? 'scim offline_access' : 'scim'
}
