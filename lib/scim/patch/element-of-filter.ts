import type { Filter } from '../filter/ast.ts'
import type { Attributes } from '../json-value.ts'
import { readValue } from '../resource/read-value.ts'
import { findSub } from '../schema/find-attribute.ts'
import type { Attribute } from '../schema/resource-definition.ts'

/**
 * The element that a filter of `eq` comparisons joined by `and` describes: `type eq "work" and primary eq true`
 * gives `{type: "work", primary: true}`. Undefined for any other filter.
 */
export function elementOfFilter(filter: Filter, attribute: Attribute): Attributes | undefined {
  if (attribute.type !== 'complex') return undefined
  const terms = filter.kind === 'and' ? filter.operands : [filter]
  const element: Attributes = {}
  for (const term of terms) {
    if (term.kind === 'and') {
      const inner = elementOfFilter(term, attribute)
      if (!inner) return undefined
      Object.assign(element, inner)
      continue
    }
    if (term.kind !== 'compare' || term.operator !== 'eq' || term.value === null) return undefined
    const sub = findSub(attribute, term.path.name)
    if (!sub || term.path.uri !== undefined || term.path.sub !== undefined) return undefined
    const value = readValue(sub, term.value, { notes: [], leaves: 0 })
    if (value !== undefined) element[sub.name] = value
  }
  return element
}
