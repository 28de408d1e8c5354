import type { Literal, Operator } from '#lib/scim/filter/ast'
import type { Attribute } from '#lib/scim/schema/resource-definition'
import type { SqlParams } from './filter-target.ts'

/** One value in SQL, null when it is unassigned. `folded` is text in lower case already. */
export type Operand = {
  readonly form: 'json' | 'text' | 'folded' | 'uuid' | 'boolean' | 'time'
  readonly sql: string
}

const ORDERINGS = new Map<Operator, string>([
  ['eq', '='],
  ['gt', '>'],
  ['ge', '>='],
  ['lt', '<'],
  ['le', '<='],
])

/** As `caseKey` makes it, whatever the database's own locale. */
export function folded(text: string): string {
  return `normalize(lower(${text} collate "und-x-icu"), NFC)`
}

/**
 * One comparison of one value, with the meaning of matchesValue in evaluate-filter.ts. NULL stands for false.
 * The caller has dealt with literals that PostgreSQL cannot hold as text.
 */
export function predicate(
  operand: Operand,
  attribute: Attribute,
  operator: Operator,
  value: Literal,
  params: SqlParams,
): string {
  if (value === null) return `(${operand.sql} is ${operator === 'eq' ? '' : 'not '}null)`
  if (operator === 'ne') return `(not coalesce(${predicate(operand, attribute, 'eq', value, params)}, false))`
  switch (operand.form) {
    case 'json':
      return jsonPredicate(operand.sql, attribute, operator, value, params)
    case 'boolean':
      // Written out: the planner has to see which of the partial indexes hold what is asked for.
      if (typeof value === 'boolean') return value ? `(${operand.sql})` : `(not ${operand.sql})`
      return `(${operand.sql} = ${params.add(value)}::boolean)`
    case 'time':
      return timePredicate(operand.sql, operator, String(value), params)
    case 'uuid':
      if (operator !== 'eq') return textPredicate(`${operand.sql}::text`, operator, String(value), params)
      return isUuid(String(value)) ? `(${operand.sql} = ${params.add(value)}::uuid)` : 'false'
    case 'folded':
      return textPredicate(operand.sql, operator, String(value), params)
    case 'text':
      return textPredicate(
        attribute.caseExact ? operand.sql : folded(operand.sql),
        operator,
        String(value),
        params,
      )
  }
}

function jsonPredicate(
  json: string,
  attribute: Attribute,
  operator: Operator,
  value: Exclude<Literal, null>,
  params: SqlParams,
): string {
  if (typeof value === 'number') {
    const comparison = `${json} ${ORDERINGS.get(operator)} ${params.add(JSON.stringify(value))}::jsonb`
    // jsonb orders values of different types as well; only numbers are meant.
    return operator === 'eq' ? `(${comparison})` : `(jsonb_typeof(${json}) = 'number' and ${comparison})`
  }
  const exact = attribute.caseExact || attribute.type === 'dateTime'
  if (operator === 'eq' && (exact || typeof value === 'boolean')) {
    return `(${json} = ${params.add(JSON.stringify(value))}::jsonb)`
  }
  const text = `(${json} #>> '{}')`
  const test = textPredicate(exact ? text : folded(text), operator, String(value), params)
  return `(jsonb_typeof(${json}) = 'string' and ${test})`
}

function textPredicate(text: string, operator: Operator, value: string, params: SqlParams): string {
  switch (operator) {
    case 'co':
      return `(${text} like ${params.add(`%${escapeLike(value)}%`)})`
    case 'sw': {
      const next = params.hides ? following(value) : undefined
      // From a pattern that it does not see the planner makes no range.
      return next === undefined
        ? `(${text} like ${params.add(`${escapeLike(value)}%`)})`
        : `(${text} collate "C" >= ${params.add(value)} and ${text} collate "C" < ${params.add(next)})`
    }
    case 'ew':
      return `(${text} like ${params.add(`%${escapeLike(value)}`)})`
    case 'eq':
      return `(${text} = ${params.add(value)})`
    default:
      return `(${text} collate "C" ${ORDERINGS.get(operator)} ${params.add(value)})`
  }
}

function timePredicate(column: string, operator: Operator, value: string, params: SqlParams): string {
  if (operator === 'co' || operator === 'sw' || operator === 'ew') {
    const text = `to_char(${column} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`
    return textPredicate(text, operator, value, params)
  }
  return `(${column} ${ORDERINGS.get(operator)} ${params.add(value)}::timestamptz)`
}

/** The least text, by code points, that is greater than every text with this beginning; undefined when there is none. */
export function following(beginning: string): string | undefined {
  const points = Array.from(beginning, (character) => character.codePointAt(0) as number)
  while (points.at(-1) === 0x10ffff) points.pop()
  const last = points.pop()
  if (last === undefined) return undefined
  // Halves of surrogate pairs are no code points of text.
  return String.fromCodePoint(...points, last === 0xd7ff ? 0xe000 : last + 1)
}

/** LIKE's own characters as themselves; backslash is its default escape. */
export function escapeLike(text: string): string {
  return text.replace(/[\\%_]/g, '\\$&')
}

/** In the form PostgreSQL prints: `id` is case-exact, so that another spelling is another value. */
export function isUuid(text: string): boolean {
  return /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/.test(text)
}
