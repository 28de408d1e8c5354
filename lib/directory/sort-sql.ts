import { parseAttributePath } from '#lib/scim/filter/parse-attribute-path'
import { shorten } from '#lib/scim/note'
import type { AttributePath } from '#lib/scim/schema/find-attribute'
import { findAttribute, findSub, printPath } from '#lib/scim/schema/find-attribute'
import type { Attribute, ResourceDefinition } from '#lib/scim/schema/resource-definition'
import { ScimError } from '#lib/scim/scim-error'
import { folded } from './filter-predicate.ts'
import { docExpression, type FilterTarget, inOrderOf, nameLiteral, SqlParams } from './filter-target.ts'

/** What SQL type a sort key has: text (in `collate "C"`), uuid, boolean, timestamptz, numeric. */
export type SortForm = 'text' | 'uuid' | 'boolean' | 'timestamptz' | 'numeric'

/** Long texts sort by their beginning: so many characters, which a cursor can hold. */
const SORTED_LENGTH = 256

export type Sort = {
  readonly form: SortForm
  /** The sort key, for a keyset condition; of one SQL type, null for resources without a value. */
  readonly expression: string
  readonly descending: boolean
  /** What parts equal keys: the order of arrival or, where the order is a table of its own, that table's ids. */
  readonly ties: 'seq' | 'id'
  /** What stands for the table; undefined: itself. */
  readonly table: string | undefined
  /** The order, however it was spelled: what a cursor of it belongs to. */
  readonly name: string
  readonly params: readonly unknown[]
}

/**
 * `sortBy` and `sortOrder` (RFC 7644 §3.4.2.3). Strings without case sort by their lower case, all strings by code
 * point. A multi-valued attribute sorts by its primary value, otherwise by its first. Resources without a value
 * come last when ascending and first when descending. What has no column sorts by its first 256 characters.
 * Throws ScimError 400 `invalidPath` for an attribute that is unknown or has no single sort key, `invalidValue` for
 * another order than `ascending` and `descending`.
 * @param firstParam number of the first free placeholder
 */
export function sortToSql(
  sortBy: string,
  sortOrder: string | undefined,
  definition: ResourceDefinition,
  target: FilterTarget,
  firstParam: number,
): Sort {
  const order = (sortOrder ?? 'ascending').toLowerCase()
  if (order !== 'ascending' && order !== 'descending') {
    throw new ScimError(
      400,
      'invalidValue',
      `sortOrder must be ascending or descending, not ${shorten(order)}.`,
    )
  }
  const params = new SqlParams(firstParam)
  const attribute = attributeOf(sortBy, definition)
  const expression = keyOf(attribute, inOrderOf(target, attribute.path), params)
  const descending = order === 'descending'
  const ownOrder = target.orders?.get(attribute.path)
  return {
    form: formOf(attribute, target),
    expression,
    descending,
    ties: ownOrder ? 'id' : 'seq',
    table: ownOrder?.table,
    name: `${attribute.path} ${order}`,
    params: params.values,
  }
}

/** SQL of ORDER BY, `back` the other way round. Ids, as they stand in an index beside the key, go the way that it goes. */
export function sortedBy({ expression, descending, ties }: Sort, alias: string, back = false): string {
  const down = descending !== back
  return `${orderOf(expression, down)}, ${alias}.${ties}${(ties === 'id' ? down : back) ? ' DESC' : ''}`
}

/** What has no value is last when ascending, and first when descending. */
export function orderOf(expression: string, descending: boolean): string {
  return `${expression} ${descending ? 'desc nulls first' : 'asc nulls last'}`
}

function formOf(attribute: Attribute, target: FilterTarget): SortForm {
  switch (target.columns.get(attribute.path)?.kind) {
    case 'uuid':
      return 'uuid'
    case 'boolean':
      return 'boolean'
    case 'time':
      return 'timestamptz'
    case undefined:
      return attribute.type === 'integer' || attribute.type === 'decimal'
        ? 'numeric'
        : attribute.type === 'boolean'
          ? 'boolean'
          : 'text'
    default:
      return 'text'
  }
}

function attributeOf(sortBy: string, definition: ResourceDefinition): Attribute {
  const path: AttributePath | undefined = parseAttributePath(sortBy.trim())
  const found = path && findAttribute(definition, path)
  if (!path || found?.kind !== 'attribute') throw unsortable(sortBy, definition)
  const { attribute } = found
  const leaf = attribute.type === 'complex' ? findSub(attribute, 'value') : attribute
  if (!leaf || leaf.returned === 'never' || leaf.filterable === false || leaf.parent?.filterable === false) {
    throw unsortable(printPath(path), definition)
  }
  return leaf
}

function keyOf(attribute: Attribute, target: FilterTarget, params: SqlParams): string {
  const holder = attribute.parent ?? attribute
  if (target.columns.get(holder.path)?.kind === 'rows') {
    throw new ScimError(
      400,
      'invalidPath',
      `${attribute.path} cannot be sorted by: it is kept apart from the resource.`,
    )
  }
  const column = target.columns.get(attribute.path)
  switch (column?.kind) {
    case 'text':
      return `${attribute.caseExact ? column.column : (column.key ?? folded(column.column))} collate "C"`
    case 'uuid':
    case 'boolean':
    case 'time':
      return column.column
    case 'expression':
      return `${column.write(params)} collate "C"`
    default:
      return jsonKey(
        attribute,
        holder.multiValued ? firstOf(attribute, holder, target) : docExpression(target, attribute),
      )
  }
}

/** The primary value of a multi-valued attribute, otherwise its first. */
function firstOf(attribute: Attribute, holder: Attribute, target: FilterTarget): string {
  const doc = docExpression(target, holder)
  if (attribute === holder) return `(${doc}->0)`
  const primary = `jsonb_path_query_first(${doc}, '$[*] ? (@.primary == true)')`
  return `(coalesce(${primary}, ${doc}->0)->${nameLiteral(attribute.name)})`
}

function jsonKey(attribute: Attribute, json: string): string {
  const text = `(${json} #>> '{}')`
  switch (attribute.type) {
    case 'integer':
    case 'decimal':
      return `(case when jsonb_typeof(${json}) = 'number' then ${text}::numeric end)`
    case 'boolean':
      return `(case when jsonb_typeof(${json}) = 'boolean' then ${text}::boolean end)`
    default:
      return `left(${attribute.caseExact || attribute.type === 'dateTime' ? text : folded(text)}, ${SORTED_LENGTH}) collate "C"`
  }
}

function unsortable(sortBy: string, definition: ResourceDefinition): ScimError {
  return new ScimError(
    400,
    'invalidPath',
    `${definition.name} resources cannot be sorted by ${shorten(sortBy)}.`,
  )
}
