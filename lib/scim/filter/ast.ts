import type { AttributePath } from '../schema/find-attribute.ts'

export const operators = ['eq', 'ne', 'co', 'sw', 'ew', 'gt', 'ge', 'lt', 'le'] as const
export type Operator = (typeof operators)[number]

export type Literal = string | number | boolean | null

/**
 * A filter as RFC 7644 §3.4.2.2 describes it. `and` and `or` hold two or more operands, in the order written.
 * `emails[type eq "work"].value eq "x"`, which some clients send, is read as
 * `emails[type eq "work" and value eq "x"]`.
 */
export type Filter =
  | { readonly kind: 'and' | 'or'; readonly operands: readonly Filter[] }
  | { readonly kind: 'not'; readonly operand: Filter }
  | {
      readonly kind: 'compare'
      readonly path: AttributePath
      readonly operator: Operator
      readonly value: Literal
    }
  | { readonly kind: 'present'; readonly path: AttributePath }
  | { readonly kind: 'values'; readonly path: AttributePath; readonly filter: Filter }
