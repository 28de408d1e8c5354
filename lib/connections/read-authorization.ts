/**
 * The credential of an `Authorization` header: `Bearer <token>`, the bare token (Okta's catalog *Header* mode sends it so),
 * or Basic with the service user's `name` and a static token as password. Undefined for any other scheme.
 */
export function readAuthorization(header: string): { token: string; name?: string } | undefined {
  const space = header.indexOf(' ')
  if (space < 0) return { token: header }
  const scheme = header.slice(0, space).toLowerCase()
  const rest = header.slice(space + 1).trim()
  if (scheme === 'bearer') return { token: rest }
  if (scheme !== 'basic') return undefined
  const pair = Buffer.from(rest, 'base64').toString('utf8')
  const colon = pair.indexOf(':')
  return colon < 0 ? undefined : { name: pair.slice(0, colon), token: pair.slice(colon + 1) }
}
