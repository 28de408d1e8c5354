import type { Literal, Operator } from '#lib/scim/filter/ast'
import { isUnstorable } from '#lib/scim/filter/evaluate-filter'
import type { ResolvedFilter } from '#lib/scim/filter/resolved-filter'
import type { Attribute } from '#lib/scim/schema/resource-definition'
import { escapeLike, isUuid, type Operand, predicate } from './filter-predicate.ts'
import {
  type Column,
  docExpression,
  type FilterTarget,
  nameLiteral,
  type SqlFragment,
  SqlParams,
} from './filter-target.ts'
import { beforeAt, trigramPieces } from './trigram-pieces.ts'

/**
 * A filter as a SQL condition over one table, equal in meaning to evaluateFilter. The condition may be NULL where
 * it is false (it belongs in a WHERE). Values of the filter are parameters only.
 *
 * Equality of userName, externalId, id, displayName, names, emails, members and groups is written so that an
 * index answers it; everything else is evaluated on the row's jsonb.
 * @param firstParam number of the first free placeholder
 * @param whole  texts are looked up whole, not in pieces: PostgreSQL knows how often a text occurs, not how often four
 *   pieces of it do together
 * @param hidden  written so that one plan suits all values (`SqlParams`); of filters on columns of text and time
 */
export function filterToSql(
  filter: ResolvedFilter,
  target: FilterTarget,
  firstParam: number,
  { whole = false, hidden = false }: { whole?: boolean; hidden?: boolean } = {},
): SqlFragment {
  const params = new SqlParams(firstParam, hidden)
  const sql = write(filter, { target, params, whole })
  return { sql, params: params.values }
}

type Context = {
  readonly target: FilterTarget
  readonly params: SqlParams
  readonly whole: boolean
  /** Inside `attribute[…]`: how to read a sub-attribute of the one element. */
  readonly element?: (leaf: Attribute) => Operand
}

function write(filter: ResolvedFilter, context: Context): string {
  switch (filter.kind) {
    case 'and':
    case 'or':
      return `(${filter.operands.map((operand) => write(operand, context)).join(` ${filter.kind} `)})`
    case 'not':
      return `(not coalesce(${write(filter.operand, context)}, false))`
    case 'constant':
      return filter.value ? 'true' : 'false'
    case 'present':
      return writePresent(filter.attribute, context)
    case 'values':
      return writeValues(filter.attribute, filter.filter, context)
    case 'compare':
      return writeCompare(filter.attribute, filter.operator, filter.value, context)
  }
}

function writePresent(attribute: Attribute, context: Context): string {
  if (context.element) return `(${context.element(attribute).sql} is not null)`
  if (attribute.path === 'meta') return 'true'
  const many = manyOf(attribute, context)
  if (!many) return `(${operandOf(attribute, context).sql} is not null)`
  return `exists (${many.select} where ${many.read(attribute).sql} is not null)`
}

function writeCompare(attribute: Attribute, operator: Operator, value: Literal, context: Context): string {
  const { params } = context
  // Text that PostgreSQL cannot hold (NUL, half a surrogate pair) is never sent: nothing equals it. This comes
  // before anything adds a parameter, for PostgreSQL refuses one that the statement does not use.
  if (typeof value === 'string' && isUnstorable(value)) return operator === 'ne' ? 'true' : 'false'
  if (context.element) return predicate(context.element(attribute), attribute, operator, value, params)
  if (attribute.path === 'meta') return operator === 'ne' ? 'true' : 'false'
  const byIndex = writeIndexed(attribute, operator, value, context)
  const narrowing = byTrigrams(attribute, operator, value, context)
  const exact = byIndex ?? writeExact(attribute, operator, value, context)
  return narrowing ? `(${narrowing} and ${exact})` : exact
}

function writeExact(attribute: Attribute, operator: Operator, value: Literal, context: Context): string {
  const { params } = context
  const many = manyOf(attribute, context)
  if (!many) return predicate(operandOf(attribute, context), attribute, operator, value, params)
  const some = `exists (${many.select} where ${predicate(many.read(attribute), attribute, operator, value, params)})`
  // No values count as one unassigned value, for which `ne` with a value and `eq null` hold.
  const holdsForNone = value === null ? operator === 'eq' : operator === 'ne'
  return holdsForNone ? `(${some} or not exists (${many.select}))` : some
}

/** Implied by `co` and `ew`: three characters or more are looked up in an index of trigrams. */
function byTrigrams(
  attribute: Attribute,
  operator: Operator,
  value: Literal,
  { target, params, whole }: Context,
): string | undefined {
  if ((operator !== 'co' && operator !== 'ew') || typeof value !== 'string' || value.length < 3)
    return undefined
  const column = target.columns.get(attribute.path)
  const search = column?.kind === 'text' || column?.kind === 'keys' ? column.search : undefined
  if (!search) return undefined
  const texts = whole ? [beforeAt(value)] : trigramPieces(value)
  return texts.map((text) => `${search} like ${params.add(`%${escapeLike(text)}%`)}`).join(' and ')
}

/** The conditions on multi-valued attributes that an index answers. */
function writeIndexed(
  attribute: Attribute,
  operator: Operator,
  value: Literal,
  context: Context,
): string | undefined {
  if (typeof value !== 'string' || isUnstorable(value)) return undefined
  const { target, params } = context
  const column = target.columns.get(attribute.path)
  if (column?.kind === 'keys' && operator !== 'ne') {
    if (operator !== 'eq') {
      const test = predicate({ form: 'folded', sql: 'k.v' }, attribute, operator, value, params)
      return `exists (select 1 from unnest(${column.column}) as k(v) where ${test})`
    }
    return `${column.column} @> array[${params.add(value)}::text]`
  }
  const parent = attribute.parent ? target.columns.get(attribute.parent.path) : undefined
  if (parent?.kind === 'rows' && attribute.name === 'value' && operator === 'eq') {
    if (parent.rows.valueIs === 'text')
      return `(${parent.rows.hasValue(`${params.add(value)}::text`, params)})`
    return isUuid(value) ? `(${parent.rows.hasValue(params.add(value), params)})` : 'false'
  }
  return undefined
}

function writeValues(attribute: Attribute, filter: ResolvedFilter, context: Context): string {
  if (!attribute.multiValued) return `(${writePresent(attribute, context)} and ${write(filter, context)})`
  if (filter.kind === 'compare' && filter.operator === 'eq' && typeof filter.value === 'string') {
    const byIndex = writeIndexed(filter.attribute, filter.operator, filter.value, context)
    if (byIndex) return byIndex
  }
  const many = manyOf(attribute, context)
  if (!many) return 'false'
  const some = `exists (${many.select} where ${write(filter, { ...context, element: many.read })})`
  const narrowing = filter.kind === 'and' ? filter.operands.map((term) => narrow(term, context)) : []
  const indexed = narrowing.filter((condition) => condition !== undefined)
  return indexed.length === 0 ? some : `(${indexed.join(' and ')} and ${some})`
}

/** A condition that an index answers and that `emails[value eq "x" and …]` implies. */
function narrow(term: ResolvedFilter, context: Context): string | undefined {
  return term.kind === 'compare' && term.operator === 'eq'
    ? writeIndexed(term.attribute, term.operator, term.value, context)
    : undefined
}

type Many = {
  /** `select … from …` without a where, one row for each value. */
  readonly select: string
  readonly read: (leaf: Attribute) => Operand
}

/** The values of a multi-valued attribute (or of the one that a sub-attribute belongs to) as rows. */
function manyOf(attribute: Attribute, context: Context): Many | undefined {
  const holder = attribute.parent ?? attribute
  if (!holder.multiValued) return undefined
  const column = context.target.columns.get(holder.path)
  if (column?.kind === 'rows') {
    const { params } = context
    return {
      select: `select 1 from (${column.rows.write(params)}) as r`,
      read: (leaf) => readRow(leaf, holder),
    }
  }
  const doc = docExpression(context.target, holder)
  return {
    select: `select 1 from jsonb_path_query(${doc}, '$[*]') as e(v)`,
    read: (leaf) => ({ form: 'json', sql: leaf === holder ? 'e.v' : `(e.v->${nameLiteral(leaf.name)})` }),
  }
}

function readRow(leaf: Attribute, holder: Attribute): Operand {
  if (leaf === holder) return { form: 'text', sql: 'r.value' }
  return { form: 'text', sql: leaf.name === '$ref' ? 'r.ref' : `r.${leaf.name}` }
}

/** Where the one value of a single-valued attribute is. */
function operandOf(attribute: Attribute, context: Context): Operand {
  const column = context.target.columns.get(attribute.path)
  return column
    ? operandOfColumn(column, attribute, context)
    : { form: 'json', sql: docExpression(context.target, attribute) }
}

function operandOfColumn(column: Column, attribute: Attribute, context: Context): Operand {
  switch (column.kind) {
    case 'text':
      return column.key !== undefined && !attribute.caseExact
        ? { form: 'folded', sql: column.key }
        : { form: 'text', sql: column.column }
    case 'uuid':
    case 'boolean':
    case 'time':
      return { form: column.kind, sql: column.column }
    case 'expression':
      return { form: 'text', sql: column.write(context.params) }
    default:
      return { form: 'json', sql: docExpression(context.target, attribute) }
  }
}
