/** Where Muster would go from a made-up origin; only used to see whether a path stays on it. */
const ORIGIN = 'http://muster.invalid'

/**
 * The path to go to after signing in: only a path of this site, never an address elsewhere. Everything that a browser
 * might read as another host (`//evil`, `/\evil`, control characters, an encoded slash at the start) becomes the fallback.
 */
export function safeNext(next: unknown, fallback = '/'): string {
  if (typeof next !== 'string' || next.length > 2000 || !next.startsWith('/')) return fallback
  // biome-ignore lint/suspicious/noControlCharactersInRegex: browsers drop tab and newline from URLs before parsing.
  if (/[\u0000-\u0020\u007f\\]/.test(next) || /^\/(?:\/|%2f|%5c)/i.test(next)) return fallback
  let url: URL
  try {
    url = new URL(next, ORIGIN)
  } catch {
    return fallback
  }
  if (url.origin !== ORIGIN || url.pathname.startsWith('//')) return fallback
  // Going back to signing in or out would loop.
  if (/^\/(?:sign-in|sign-out|setup|api)(?:\/|$)/.test(url.pathname)) return fallback
  return url.pathname + url.search + url.hash
}
