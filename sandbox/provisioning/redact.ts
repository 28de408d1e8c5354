const SECRET_FIELDS = /^(password|access_token|refresh_token|client_secret|code|code_verifier|assertion)$/i
const MAX_BODY = 20_000
const HIDDEN = '•••'

/** Headers as the System Log shows them: what authorizes is not shown. */
export function redactHeaders(headers: Record<string, string>): Record<string, string> {
  const shown: Record<string, string> = {}
  for (const [name, value] of Object.entries(headers)) {
    if (/^authorization$/i.test(name))
      shown[name] = `${value.split(' ').length > 1 ? `${value.split(' ')[0]} ` : ''}${HIDDEN}`
    else if (/^(set-cookie|cookie)$/i.test(name)) shown[name] = HIDDEN
    else shown[name] = value
  }
  return shown
}

/** A body as the System Log shows it: secrets by field name hidden, JSON indented, cut at 20,000 characters. */
export function redactBody(text: string, contentType: string): string {
  let shown = text
  if (contentType.includes('x-www-form-urlencoded')) {
    const form = new URLSearchParams(text)
    for (const name of new Set(form.keys())) if (SECRET_FIELDS.test(name)) form.set(name, HIDDEN)
    shown = [...form].map(([name, value]) => `${name}=${value}`).join('&')
  } else {
    try {
      const parsed: unknown = JSON.parse(text)
      shown = JSON.stringify(
        parsed,
        (name, value) => (SECRET_FIELDS.test(name) && typeof value === 'string' ? HIDDEN : value),
        2,
      )
    } catch {
      // Not JSON: shown as it came.
    }
  }
  return shown.length > MAX_BODY
    ? `${shown.slice(0, MAX_BODY)}\n… ${shown.length - MAX_BODY} more characters`
    : shown
}
