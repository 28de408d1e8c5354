import { keyOf } from '../case-key.ts'
import { isObject, isUnassigned, type JsonObject, own } from '../json-value.ts'
import type { Attribute } from '../schema/resource-definition.ts'
import type { Literal, Operator } from './ast.ts'
import { compareCodePoints } from './compare-code-points.ts'
import type { ResolvedFilter } from './resolved-filter.ts'

/**
 * Whether a resource (attributes in canonical spelling) matches.
 *
 * - A comparison holds when it holds for any value of a multi-valued attribute. No values at all count as one
 *   unassigned value.
 * - Unassigned: `eq null` holds, `ne "x"` holds (they are not identical), everything else does not; so
 *   `ne` is `not eq` for a single-valued attribute. `ne null` is `pr`.
 * - Strings with caseExact false are compared in lower case; ordering is by code point; dateTimes by instant.
 * - A stored value of another type than the attribute's equals nothing.
 */
export function evaluateFilter(filter: ResolvedFilter, resource: JsonObject): boolean {
  return evaluate(filter, (attribute) => valuesIn(resource, attribute))
}

/** Whether one element of `attribute` matches the filter of a `values` node (or of a PATCH path). */
export function matchesElement(filter: ResolvedFilter, attribute: Attribute, element: unknown): boolean {
  return evaluate(filter, (leaf) => [
    leaf === attribute ? element : isObject(element) ? own(element, leaf.name) : undefined,
  ])
}

type Read = (attribute: Attribute) => readonly unknown[]

function evaluate(filter: ResolvedFilter, read: Read): boolean {
  switch (filter.kind) {
    case 'and':
      return filter.operands.every((operand) => evaluate(operand, read))
    case 'or':
      return filter.operands.some((operand) => evaluate(operand, read))
    case 'not':
      return !evaluate(filter.operand, read)
    case 'constant':
      return filter.value
    case 'present':
      return read(filter.attribute).some((value) => !isUnassigned(value))
    case 'values':
      return read(filter.attribute).some(
        (element) => !isUnassigned(element) && matchesElement(filter.filter, filter.attribute, element),
      )
    case 'compare':
      return read(filter.attribute).some((value) =>
        matchesValue(filter.attribute, filter.operator, value, filter.value),
      )
  }
}

/** Every value of an attribute; `[undefined]` when it has none. */
function valuesIn(resource: JsonObject, attribute: Attribute): readonly unknown[] {
  if (attribute.parent) {
    const parents = valuesIn(resource, attribute.parent)
    return parents.map((parent) => (isObject(parent) ? own(parent, attribute.name) : undefined))
  }
  const container = attribute.extension === undefined ? resource : own(resource, attribute.extension)
  const value = isObject(container) ? own(container, attribute.name) : undefined
  if (!attribute.multiValued) return [value]
  if (Array.isArray(value)) return value.length === 0 ? [undefined] : value
  return [value]
}

function matchesValue(attribute: Attribute, operator: Operator, actual: unknown, expected: Literal): boolean {
  if (expected === null) return isUnassigned(actual) === (operator === 'eq')
  if (operator === 'ne') return !matchesValue(attribute, 'eq', actual, expected)
  if (typeof actual !== typeof expected) return false
  if (typeof actual === 'string' && typeof expected === 'string') {
    if (actual === '') return false
    const folded = attribute.type === 'dateTime' ? actual : keyOf(attribute, actual)
    return matchesString(operator, folded, expected)
  }
  if (typeof actual === 'number' && typeof expected === 'number')
    return isOrdered(operator, actual - expected)
  return operator === 'eq' && actual === expected
}

function matchesString(operator: Operator, actual: string, expected: string): boolean {
  // Such text cannot be stored, and the database cannot be asked about it: it matches nothing.
  if (isUnstorable(expected)) return false
  switch (operator) {
    case 'eq':
      return actual === expected
    case 'co':
      return actual.includes(expected)
    case 'sw':
      return actual.startsWith(expected)
    case 'ew':
      return actual.endsWith(expected)
    default:
      return isOrdered(operator, compareCodePoints(actual, expected))
  }
}

/** True for text that PostgreSQL cannot hold: with a NUL character or a lone surrogate. */
export function isUnstorable(text: string): boolean {
  return text.includes('\u0000') || !text.isWellFormed()
}

function isOrdered(operator: Operator, difference: number): boolean {
  switch (operator) {
    case 'eq':
      return difference === 0
    case 'gt':
      return difference > 0
    case 'ge':
      return difference >= 0
    case 'lt':
      return difference < 0
    case 'le':
      return difference <= 0
    default:
      return false
  }
}
