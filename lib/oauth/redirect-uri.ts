/** Okta's own development host, the one redirect URI of its five that is not https (see okta-redirect-uris.ts). */
const OKTA_DEVELOPMENT_ORIGIN = 'http://system-admin.okta1.com:1802'
const LOOPBACK = new Set(['localhost', '127.0.0.1', '[::1]'])
/** Parameters of the answer: a registered URI that carried one could pass for an answer (RFC 9207 §2.4). */
const ANSWER_PARAMETERS = ['code', 'state', 'iss', 'error', 'error_description', 'error_uri', 'response']
const MAX_LENGTH = 2000

/**
 * Why a redirect URI may not be registered, in a sentence for the person who typed it; undefined when it may.
 * RFC 6749 §3.1.2 (absolute, no fragment), RFC 9700 §4.1 (no patterns) and §2.6 (https, loopback aside).
 */
export function redirectUriProblem(uri: string): string | undefined {
  if (uri === '') return 'Enter a redirect URI.'
  if (uri.length > MAX_LENGTH) return `A redirect URI may have at most ${MAX_LENGTH} characters.`
  if (/[^\x21-\x7e]/.test(uri)) return 'A redirect URI may hold visible ASCII characters only, and no spaces.'
  if (uri.includes('#')) return 'A redirect URI may not have a fragment (#…).'
  if (uri.includes('*')) return 'A redirect URI is matched exactly: wildcards (*) are not possible.'
  if (uri.includes('\\')) return 'A redirect URI may not have a backslash.'
  const url = URL.parse(uri)
  if (!url) return 'A redirect URI must be absolute, for example https://example.com/callback.'
  if (url.username || url.password || /^[a-z]+:\/\/[^/?]*@/i.test(uri))
    return 'A redirect URI may not carry a user name or password.'
  if (url.protocol !== 'https:' && url.protocol !== 'http:') return 'A redirect URI must begin with https://.'
  if (url.protocol === 'http:' && !isLoopback(url) && url.origin !== OKTA_DEVELOPMENT_ORIGIN)
    return 'A redirect URI must begin with https://. Plain http:// is for localhost only.'
  // What a browser would rewrite (upper-case host, default port, dot segments) would not be what was registered.
  if (url.href !== uri && url.href !== `${uri}/`) return `Write it as browsers do: ${url.href}`
  const clash = ANSWER_PARAMETERS.find((name) => url.searchParams.has(name))
  if (clash) return `A redirect URI may not carry the parameter “${clash}”: the answer sets it.`
  return undefined
}

/**
 * The registered URI that a request names: the same characters, nothing else (RFC 9700 §2.1, RFC 3986 §6.2.1).
 * No decoding, no normalising, no prefix: whatever a browser might make of it, it was not registered.
 */
export function matchesRedirectUri(registered: readonly string[], given: string): boolean {
  return registered.some((uri) => uri === given)
}

/** The person's own machine, as native applications and tests are reached (RFC 8252 §7.3). */
export function isLoopback(url: URL): boolean {
  return LOOPBACK.has(url.hostname)
}
