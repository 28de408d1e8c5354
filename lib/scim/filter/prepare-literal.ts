import { keyOf } from '../case-key.ts'
import { canonicalDateTime } from '../date-time.ts'
import { kindOf } from '../json-value.ts'
import { shorten } from '../note.ts'
import type { Attribute } from '../schema/resource-definition.ts'
import { ScimError, type ScimType } from '../scim-error.ts'
import type { Literal, Operator } from './ast.ts'

/**
 * Checks that an operator and a literal make sense for an attribute (RFC 7644 §3.4.2.2, Table 3) and returns the
 * literal ready to compare. Booleans may come as "True" and "False": Entra writes them so.
 */
export function prepareLiteral(
  attribute: Attribute,
  operator: Operator,
  value: Literal,
  scimType: ScimType,
): Literal {
  const refuse = (reason: string) =>
    new ScimError(400, scimType, `${attribute.path} is of type ${attribute.type}: ${reason}.`)
  const ordering = operator === 'gt' || operator === 'ge' || operator === 'lt' || operator === 'le'
  const substring = operator === 'co' || operator === 'sw' || operator === 'ew'
  if (value === null) throw refuse(`${operator} cannot be used with null`)
  switch (attribute.type) {
    case 'boolean': {
      if (ordering || substring) throw refuse(`it can be compared with eq, ne and pr, not with ${operator}`)
      if (typeof value === 'boolean') return value
      const lower = typeof value === 'string' ? value.toLowerCase() : ''
      if (lower !== 'true' && lower !== 'false')
        throw refuse(`compare it with true or false, not with ${kindOf(value)}`)
      return lower === 'true'
    }
    case 'decimal':
    case 'integer':
      if (substring) throw refuse(`it cannot be compared with ${operator}`)
      if (typeof value !== 'number') throw refuse(`compare it with a number, not with ${kindOf(value)}`)
      return value
    case 'dateTime': {
      if (typeof value !== 'string') throw refuse(`compare it with a string, not with ${kindOf(value)}`)
      if (substring) return value.toUpperCase()
      const instant = canonicalDateTime(value)
      if (instant === undefined)
        throw refuse(`${shorten(value)} is not a date and time like 2024-05-13T04:42:34Z`)
      return instant
    }
    case 'binary':
      if (ordering) throw refuse(`it cannot be compared with ${operator}`)
      break
    default:
  }
  if (typeof value !== 'string')
    throw refuse(`compare it with a string in double quotes, not with ${kindOf(value)}`)
  return keyOf(attribute, value)
}
