import { isUnassigned } from '#lib/scim/json-value'

/**
 * What of `expected` the answer lacks, or undefined when it has all of it. An object needs the keys that are named; what is
 * expected to be null must be unassigned (RFC 7643 §2.5); an array has exactly as many elements, in any order.
 */
export function difference(expected: unknown, found: unknown, at = 'body'): string | undefined {
  if (expected === null) return isUnassigned(found) ? undefined : missing(at, expected, found)
  if (Array.isArray(expected)) return differenceOfLists(expected, found, at)
  if (typeof expected !== 'object') return expected === found ? undefined : missing(at, expected, found)
  if (typeof found !== 'object' || found === null || Array.isArray(found)) return missing(at, expected, found)
  for (const [key, value] of Object.entries(expected)) {
    const problem = difference(value, (found as Record<string, unknown>)[key], `${at}.${key}`)
    if (problem) return problem
  }
  return undefined
}

function differenceOfLists(expected: unknown[], found: unknown, at: string): string | undefined {
  if (!Array.isArray(found)) return missing(at, expected, found)
  if (found.length !== expected.length)
    return `${missing(at, expected, found)}: ${found.length} elements instead of ${expected.length}`
  const left = [...found]
  for (const one of expected) {
    const match = left.findIndex((candidate) => difference(one, candidate) === undefined)
    if (match < 0) return missing(at, one, left)
    left.splice(match, 1)
  }
  return undefined
}

function missing(at: string, expected: unknown, found: unknown): string {
  return `${at}: expected ${short(expected)}, found ${short(found)}`
}

function short(value: unknown): string {
  const text = JSON.stringify(value) ?? 'nothing'
  return text.length > 600 ? `${text.slice(0, 600)}…` : text
}
