import type { Attribute } from '#lib/scim/schema/resource-definition'

/** SQL text and the values of its parameters, the first of which is the `firstParam` that was asked for. */
export type SqlFragment = { readonly sql: string; readonly params: readonly unknown[] }

/** Collects parameter values while SQL is written. A client's text reaches SQL in no other way. */
export class SqlParams {
  readonly values: unknown[] = []
  private readonly first: number
  readonly hides: boolean

  /** @param hidden  the planner is not to see the values: it plans a prepared statement once, for whatever they are */
  constructor(first: number, hidden = false) {
    this.first = first
    this.hides = hidden
  }

  /** The placeholder of a new parameter. */
  add(value: unknown): string {
    this.values.push(value)
    const placeholder = `$${this.first + this.values.length - 1}`
    return this.hides ? `(select ${placeholder}::text)` : placeholder
  }
}

/**
 * How one attribute is kept outside of `doc`. `column` and `key` are SQL expressions of ours; `search` is a column with a
 * trigram index that contains the case-folded value, among others.
 */
export type Column =
  /** Text; `key` is the column with its case-folded form, if the attribute has no case. */
  | { readonly kind: 'text'; readonly column: string; readonly key?: string; readonly search?: string }
  | { readonly kind: 'uuid'; readonly column: string }
  | { readonly kind: 'boolean'; readonly column: string }
  | { readonly kind: 'time'; readonly column: string }
  /** An expression of type text, made when needed. */
  | { readonly kind: 'expression'; readonly write: (params: SqlParams) => string }
  /** A text[] with the case-folded `value` of every element; the elements themselves are in `doc`. */
  | { readonly kind: 'keys'; readonly column: string; readonly search?: string }
  /** Rows of other tables. */
  | { readonly kind: 'rows'; readonly rows: Rows }

export type Rows = {
  /** A subquery without parentheses, correlated with the target's row; a column for each sub-attribute. */
  readonly write: (params: SqlParams) => string
  /** An indexable condition for `value eq`, given the placeholder of a uuid, or of text where `valueIs` says so. */
  readonly hasValue: (placeholder: string, params: SqlParams) => string
  /** The ids (a column `id`) of those for whom that condition holds, each once, without a look at the target's own table. */
  readonly holders?: (placeholder: string) => string
  readonly valueIs?: 'text'
}

/** A table that filters can be asked of. */
export type FilterTarget = {
  /** SQL expression of the jsonb column with the attributes, in canonical spelling. */
  readonly doc: string
  /** By canonical attribute path. */
  readonly columns: ReadonlyMap<string, Column>
  /** Paths of which no two resources of a team share a value: each has a unique index. */
  readonly unique: ReadonlySet<string>
  /** By path of an attribute whose order is a table of its own. */
  readonly orders?: ReadonlyMap<string, OrderTable>
}

export type OrderTable = {
  /** Stands for the table, of the same rows and columns, where the attribute is compared or sorted by. */
  readonly table: string
  /** The attribute there. */
  readonly column: Column
  /** Has those rows too, but no other columns than team, attribute and id: enough to count where nothing else is asked. */
  readonly alone: string
}

/** The target as it is where the order of one of its attributes stands for the table. */
export function inOrderOf(target: FilterTarget, path: string): FilterTarget {
  const own = target.orders?.get(path)
  return own ? { ...target, columns: new Map(target.columns).set(path, own.column) } : target
}

/**
 * An attribute name as a SQL string literal. Names come from schema definitions, whose validator allows these
 * characters only; anything else is a bug, not input.
 */
export function nameLiteral(name: string): string {
  if (!/^[\w$:.-]{1,300}$/.test(name)) throw new Error(`not an attribute name: ${name}`)
  return `'${name}'`
}

/** The jsonb of an attribute that lives in `doc`; SQL null when it has no value. */
export function docExpression(target: FilterTarget, attribute: Attribute): string {
  if (attribute.parent) return `(${docExpression(target, attribute.parent)}->${nameLiteral(attribute.name)})`
  const container =
    attribute.extension === undefined ? target.doc : `(${target.doc}->${nameLiteral(attribute.extension)})`
  return `(${container}->${nameLiteral(attribute.name)})`
}
