import type { Attribute } from './schema/resource-definition.ts'

/** From here on a character may be composed with the one before it; what is below is in NFC as it stands. */
const MAY_COMPOSE = /[\u0300-\u{10ffff}]/u
/** Full-width and half-width forms, and the ideographic space. */
const WIDTHS = /[\u3000\uff01-\uffee]+/g

/**
 * The form in which strings with `caseExact: false` are compared: Unicode lower case without a locale, in NFC, so that a
 * letter with an accent is the same whether it was typed as one character or as two. PostgreSQL's
 * `normalize(lower(x COLLATE "und-x-icu"), NFC)` gives the same, so that a key column filled with this function, the in-memory
 * evaluator and the SQL made from a filter agree.
 */
export function caseKey(text: string): string {
  const lower = text.toLowerCase()
  return MAY_COMPOSE.test(lower) ? lower.normalize('NFC') : lower
}

/**
 * The same for a userName, by which users are told apart (RFC 7644 §5): as PRECIS compares user names (UsernameCaseMapped,
 * RFC 8265 §3.3.2), wide and narrow forms of a character are one as well.
 */
export function userNameKey(text: string): string {
  return caseKey(text.replace(WIDTHS, (characters) => characters.normalize('NFKC')))
}

/** The form in which the values of an attribute are compared. */
export function keyOf(attribute: Attribute, text: string): string {
  if (attribute.caseExact) return text
  return attribute.path === 'userName' ? userNameKey(text) : caseKey(text)
}
