import { shorten } from '../note.ts'
import { ScimError, type ScimType } from '../scim-error.ts'

export type Token = {
  readonly kind: 'word' | 'string' | '(' | ')' | '[' | ']' | 'end'
  /** Of a word: as written. Of a string: its value. */
  readonly text: string
  /** 0-based position in the filter, in UTF-16 units. */
  readonly at: number
}

/**
 * Splits a filter or a patch path, in one pass over the text. A word is everything up to white space, a quote
 * or a bracket: keywords, attribute paths, numbers. Strings are JSON strings (RFC 7644 §3.4.2.2).
 */
export function tokenize(text: string, scimType: ScimType): Token[] {
  const tokens: Token[] = []
  let at = 0
  while (at < text.length) {
    const character = text.charAt(at)
    if (isSpace(character)) {
      at += 1
    } else if (character === '(' || character === ')' || character === '[' || character === ']') {
      tokens.push({ kind: character, text: character, at })
      at += 1
    } else if (character === '"') {
      const end = endOfString(text, at)
      if (end === -1)
        throw new ScimError(
          400,
          scimType,
          `The string that starts at position ${at + 1} has no closing quote.`,
        )
      tokens.push({ kind: 'string', text: readString(text.slice(at, end), at, scimType), at })
      at = end
    } else {
      const start = at
      while (at < text.length && !isDelimiter(text.charAt(at))) at += 1
      tokens.push({ kind: 'word', text: text.slice(start, at), at: start })
    }
  }
  tokens.push({ kind: 'end', text: '', at })
  return tokens
}

function isSpace(character: string): boolean {
  return character === ' ' || character === '\t' || character === '\n' || character === '\r'
}

function isDelimiter(character: string): boolean {
  return isSpace(character) || '()[]"'.includes(character)
}

/** The position after the closing quote, or -1. */
function endOfString(text: string, start: number): number {
  for (let at = start + 1; at < text.length; at += 1) {
    const character = text.charAt(at)
    if (character === '\\') at += 1
    else if (character === '"') return at + 1
  }
  return -1
}

function readString(json: string, at: number, scimType: ScimType): string {
  try {
    return JSON.parse(json) as string
  } catch (cause) {
    const detail = `${shorten(json)} at position ${at + 1} is not a JSON string; write \\" for a quote and \\\\ for a backslash.`
    throw new ScimError(400, scimType, detail, cause)
  }
}
