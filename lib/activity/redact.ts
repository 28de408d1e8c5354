const REDACTED = '[redacted]'
const SUSPECT = /passw|secret|token|assertion|verifier|credential|"code"|authorization/i
const SECRET_NAME =
  /^(password|currentPassword|newPassword|secret|client_secret|clientSecret|token|access_token|refresh_token|id_token|client_assertion|assertion|code|code_verifier|authorization|credential)$/i

/**
 * A JSON body without its secrets, as it may be kept. Most bodies hold none and come back untouched. One that cannot be
 * read and looks as if it held a secret is withheld whole.
 */
export function redactJson(text: string): string {
  if (!SUSPECT.test(text)) return text
  try {
    return JSON.stringify(redactValue(JSON.parse(text)))
  } catch {
    return `[withheld: ${text.length} characters that could not be read and may hold a secret]`
  }
}

/** A form body (application/x-www-form-urlencoded) without its secrets. */
export function redactForm(text: string): string {
  const kept = new URLSearchParams()
  for (const [name, value] of new URLSearchParams(text))
    kept.append(name, SECRET_NAME.test(name) ? REDACTED : value)
  return kept.toString().replaceAll(encodeURIComponent(REDACTED), REDACTED)
}

/** Replaces what a SCIM path's query could carry by accident, such as `?access_token=…` (RFC 6750 §2.3). */
export function redactPath(path: string): string {
  const mark = path.indexOf('?')
  if (mark < 0 || !/token|secret|passw|code/i.test(path)) return path
  return `${path.slice(0, mark)}?${path
    .slice(mark + 1)
    .split('&')
    .map((pair) => (SECRET_NAME.test(pair.split('=')[0] ?? '') ? `${pair.split('=')[0]}=${REDACTED}` : pair))
    .join('&')}`
}

function redactValue(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(redactValue)
  if (typeof value !== 'object' || value === null) return value
  const given = value as Record<string, unknown>
  // A PATCH operation names the attribute beside its value.
  const path = typeof given.path === 'string' ? given.path.split(/[.:]/).at(-1) : undefined
  const hidden = path !== undefined && SECRET_NAME.test(path)
  return Object.fromEntries(
    Object.entries(given).map(([name, inner]) =>
      SECRET_NAME.test(name) || (hidden && name.toLowerCase() === 'value')
        ? [name, REDACTED]
        : [name, redactValue(inner)],
    ),
  )
}
