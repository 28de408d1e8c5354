import { ScimError } from './scim-error.ts'

/** Deepest nesting of arrays and objects in a request body. A SCIM bulk request with members needs eight. */
export const MAX_JSON_DEPTH = 64

const decoder = new TextDecoder('utf-8', { fatal: true })

/**
 * A request body as JSON. Throws ScimError 400 `invalidSyntax` for an empty body, invalid UTF-8, a syntax error
 * (with its line and column, never with text of the body, which may hold a password) and nesting deeper than 64.
 * Of duplicate keys the last one counts, as in every JavaScript JSON parser. A key `__proto__` is dropped.
 */
export function parseJson(bytes: Uint8Array): unknown {
  if (bytes.length === 0) throw syntaxError('The request body is empty; a JSON object was expected.')
  checkDepth(bytes)
  let text: string
  try {
    text = decoder.decode(bytes)
  } catch (cause) {
    throw syntaxError('The request body is not valid UTF-8.', cause)
  }
  try {
    return mayHoldProto(text)
      ? JSON.parse(text, (key, value) => (key === '__proto__' ? undefined : value))
      : JSON.parse(text)
  } catch (cause) {
    throw syntaxError(`The request body is not valid JSON${placeOf(cause, text)}.`, cause)
  }
}

function syntaxError(detail: string, cause?: unknown): ScimError {
  return new ScimError(400, 'invalidSyntax', detail, cause)
}

/** The reviver costs more than the parse; it runs only where the key could be there, escaped or not. */
function mayHoldProto(text: string): boolean {
  return text.includes('__proto__') || /\\u00(5f|70|72|6f|74)/i.test(text)
}

/** Counts brackets outside strings, before anything recursive sees the body. Bytes above 0x7f never collide. */
function checkDepth(bytes: Uint8Array): void {
  let depth = 0
  let inString = false
  for (let at = 0; at < bytes.length; at += 1) {
    const byte = bytes[at]
    if (inString) {
      if (byte === 0x5c) at += 1
      else if (byte === 0x22) inString = false
    } else if (byte === 0x22) {
      inString = true
    } else if (byte === 0x7b || byte === 0x5b) {
      depth += 1
      if (depth > MAX_JSON_DEPTH)
        throw syntaxError(`The request body is nested deeper than ${MAX_JSON_DEPTH} levels.`)
    } else if (byte === 0x7d || byte === 0x5d) {
      depth -= 1
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
