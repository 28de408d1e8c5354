import { isObject } from '../json-value.ts'
import type { Attribute } from '../schema/resource-definition.ts'

/**
 * RFC 7644 §3.5.2: when an operation makes a value primary, the one that was primary before no longer is. Elements
 * that were not touched are the same objects as in `before`; the last touched one with `primary` true wins.
 */
export function withOnePrimary(
  attribute: Attribute,
  before: readonly unknown[],
  after: unknown[],
): unknown[] {
  if (!attribute.sub.has('primary')) return after
  const primaries = after.filter((element) => isObject(element) && element.primary === true)
  if (primaries.length < 2) return after
  const untouched = new Set(before)
  const winner = primaries.findLast((element) => !untouched.has(element)) ?? primaries[0]
  return after.map((element) =>
    element !== winner && isObject(element) && element.primary === true
      ? { ...element, primary: false }
      : element,
  )
}
