/**
 * The form in which strings with `caseExact: false` are compared: Unicode lower case without a locale.
 * PostgreSQL's `lower(x COLLATE "und-x-icu")` gives the same, so that a key column filled with this function,
 * the in-memory evaluator and the SQL made from a filter agree.
 */
export function caseKey(text: string): string {
  return text.toLowerCase()
}
