const REDACTED = '[redacted]'
/** A body is parsed only if a secret could be in it. An escaped letter (`p\u0061ssword`) hides a name from this look. */
const SUSPECT = /passw|secret|token|assertion|verifier|credential|"code"|authorization|\\u00[2-7]/i
const SECRET_NAME =
  /^(password|currentPassword|newPassword|secret|client_secret|clientSecret|token|access_token|refresh_token|id_token|client_assertion|assertion|code|code_verifier|authorization|credential)$/i
const PASSWORD = /passw/i
/** Muster's own tokens, codes and client secrets, by their shape: wherever one was pasted by mistake. */
const TOKEN_SHAPED = /mst_[a-z]{2}_[0-9A-Za-z]+/g

/**
 * A JSON body without its secrets, as it may be kept. Most bodies hold none and come back untouched. One that cannot be
 * read and looks as if it held a secret is withheld whole.
 */
export function redactJson(text: string): string {
  if (!SUSPECT.test(text)) return redactTokens(text)
  try {
    return redactTokens(JSON.stringify(redactValue(JSON.parse(text))))
  } catch {
    return `[withheld: ${text.length} characters that could not be read and may hold a secret]`
  }
}

/**
 * Replaces what a SCIM path or its query could carry by accident: `?access_token=…` (RFC 6750 §2.3), a filter that
 * compares passwords (RFC 7644 §7.5.2), a token where an id belongs.
 */
export function redactPath(path: string): string {
  const mark = path.indexOf('?')
  if (mark < 0) return redactTokens(path)
  const query = path
    .slice(mark + 1)
    .split('&')
    .map((pair) => {
      const [name = ''] = pair.split('=', 1)
      const hidden = SECRET_NAME.test(decoded(name)) || PASSWORD.test(decoded(pair))
      return hidden ? `${name}=${REDACTED}` : pair
    })
  return redactTokens(`${path.slice(0, mark)}?${query.join('&')}`)
}

/** Any text, without what has the shape of a token, a code or a client secret of Muster's. */
export function redactTokens(text: string): string {
  return text.includes('mst_') ? text.replaceAll(TOKEN_SHAPED, REDACTED) : text
}

function redactValue(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(redactValue)
  if (typeof value !== 'object' || value === null) return value
  const given = value as Record<string, unknown>
  // A PATCH operation names the attribute beside its value.
  const path = typeof given.path === 'string' ? given.path.trim().split(/[.:]/).at(-1) : undefined
  const hidden = path !== undefined && (SECRET_NAME.test(path) || PASSWORD.test(path))
  return Object.fromEntries(
    Object.entries(given).map(([name, inner]) => {
      if (SECRET_NAME.test(name) || (hidden && name.toLowerCase() === 'value')) return [name, REDACTED]
      // A path and a filter are text that may compare a password.
      if (/^(?:path|filter)$/i.test(name) && typeof inner === 'string') return [name, redactFilter(inner)]
      return [name, redactValue(inner)]
    }),
  )
}

/** A filter or a path as it may be shown: one that compares passwords is not (RFC 7644 §7.5.2). */
export function redactFilter(text: string): string {
  const quotes = /["'[(]|\s/.test(text.trim())
  return redactTokens(quotes && PASSWORD.test(text) ? REDACTED : text)
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text.replaceAll('+', ' '))
  } catch {
    return text
  }
}
