import type { Filter } from '#lib/scim/filter/ast'
import { printPath } from '#lib/scim/schema/find-attribute'

/** The filter as text; `parseFilter(printFilter(ast))` is the same AST again. */
export function printFilter(filter: Filter): string {
  switch (filter.kind) {
    case 'and':
    case 'or':
      return filter.operands.map((operand) => printOperand(operand, filter.kind)).join(` ${filter.kind} `)
    case 'not':
      return `not (${printFilter(filter.operand)})`
    case 'compare':
      return `${printPath(filter.path)} ${filter.operator} ${JSON.stringify(filter.value)}`
    case 'present':
      return `${printPath(filter.path)} pr`
    case 'values':
      return `${printPath(filter.path)}[${printFilter(filter.filter)}]`
  }
}

function printOperand(operand: Filter, within: 'and' | 'or'): string {
  const text = printFilter(operand)
  return operand.kind === within || operand.kind === 'or' ? `(${text})` : text
}
