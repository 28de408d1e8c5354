import type { Attribute } from '../schema/resource-definition.ts'
import type { Literal, Operator } from './ast.ts'

/**
 * A filter bound to attribute definitions. Inside `values` the attributes are the children of that attribute
 * (or, for a simple multi-valued attribute, the attribute itself) and speak of one element.
 * `value` is ready to compare: strings without case are case-folded, dateTimes canonical, and its type is the
 * attribute's or null.
 */
export type ResolvedFilter =
  | { readonly kind: 'and' | 'or'; readonly operands: readonly ResolvedFilter[] }
  | { readonly kind: 'not'; readonly operand: ResolvedFilter }
  | { readonly kind: 'constant'; readonly value: boolean }
  | {
      readonly kind: 'compare'
      readonly attribute: Attribute
      readonly operator: Operator
      readonly value: Literal
    }
  | { readonly kind: 'present'; readonly attribute: Attribute }
  | { readonly kind: 'values'; readonly attribute: Attribute; readonly filter: ResolvedFilter }
