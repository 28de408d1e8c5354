import { ScimError } from './scim-error.ts'

/** Deepest nesting of arrays and objects in a request body. A SCIM bulk request with members needs eight. */
export const MAX_JSON_DEPTH = 64

const decoder = new TextDecoder('utf-8', { fatal: true })

/**
 * A request body as JSON. Throws ScimError 400 `invalidSyntax` for an empty body, a syntax error (with its line and
 * column, never with text of the body, which may hold a password), nesting deeper than 64, and for what two readers could
 * understand in two ways (I-JSON, RFC 7493 §2): invalid UTF-8, a name twice in one object, half of a surrogate pair, a
 * number beyond a double. A key `__proto__` is refused as well: no attribute is called so. A byte order mark is skipped.
 */
export function parseJson(bytes: Uint8Array): unknown {
  if (bytes.length === 0) throw syntaxError('The request body is empty; a JSON object was expected.')
  const names = countNames(bytes)
  let text: string
  try {
    text = decoder.decode(bytes)
  } catch (cause) {
    throw syntaxError('The request body is not valid UTF-8.', cause)
  }
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch (cause) {
    throw syntaxError(`The request body is not valid JSON${placeOf(cause, text)}.`, cause)
  }
  if (checkedNames(value, text) !== names) throw nameTwice()
  return value
}

export function nameTwice(): ScimError {
  return syntaxError(
    'An object in the request body has a name twice; which of its two values is meant is unclear.',
  )
}

function syntaxError(detail: string, cause?: unknown): ScimError {
  return new ScimError(400, 'invalidSyntax', detail, cause)
}

/**
 * Counts the names of all objects: the colons outside strings. Also counts brackets, before anything recursive sees the
 * body. Bytes above 0x7f never collide with what is looked for.
 */
function countNames(bytes: Uint8Array): number {
  let depth = 0
  let names = 0
  let inString = false
  for (let at = 0; at < bytes.length; at += 1) {
    const byte = bytes[at]
    if (inString) {
      if (byte === 0x5c) at += 1
      else if (byte === 0x22) inString = false
    } else if (byte === 0x22) {
      inString = true
    } else if (byte === 0x3a) {
      names += 1
    } else if (byte === 0x7b || byte === 0x5b) {
      depth += 1
      if (depth > MAX_JSON_DEPTH)
        throw syntaxError(`The request body is nested deeper than ${MAX_JSON_DEPTH} levels.`)
    } else if (byte === 0x7d || byte === 0x5d) {
      depth -= 1
    }
  }
  return names
}

/**
 * Counts the names that are left after parsing `text`: of the same name twice in one object only one is. Throws ScimError
 * 400 for what `parseJson` refuses in values.
 */
export function checkedNames(value: unknown, text: string): number {
  if (/\\ud[89a-f]/i.test(text)) checkSurrogates(value)
  return namesIn(value)
}

function namesIn(value: unknown): number {
  if (typeof value === 'number' && !Number.isFinite(value))
    throw syntaxError('The request body holds a number that is too large.')
  if (typeof value !== 'object' || value === null) return 0
  let names = 0
  if (Array.isArray(value)) {
    for (const element of value) names += namesIn(element)
    return names
  }
  for (const key of Object.keys(value)) {
    if (key === '__proto__')
      throw syntaxError('The request body has a key "__proto__"; no attribute is called so.')
    names += 1 + namesIn((value as Record<string, unknown>)[key])
  }
  return names
}

function checkSurrogates(value: unknown): void {
  if (typeof value === 'string') {
    if (!value.isWellFormed()) throw syntaxError('The request body contains half of a surrogate pair.')
  } else if (typeof value === 'object' && value !== null) {
    for (const [key, inner] of Object.entries(value)) {
      checkSurrogates(key)
      checkSurrogates(inner)
    }
  }
}

function placeOf(cause: unknown, text: string): string {
  if (!(cause instanceof SyntaxError)) return ''
  const match = /at position (\d+)/.exec(cause.message)
  if (!match) return ': it ends too early'
  const before = text.slice(0, Number(match[1]))
  const line = before.split('\n').length
  return ` at line ${line}, column ${before.length - before.lastIndexOf('\n')}`
}
