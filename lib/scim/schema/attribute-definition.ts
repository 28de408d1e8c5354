export type AttributeType =
  | 'string'
  | 'boolean'
  | 'decimal'
  | 'integer'
  | 'dateTime'
  | 'reference'
  | 'binary'
  | 'complex'

export type Mutability = 'readOnly' | 'readWrite' | 'immutable' | 'writeOnly'
export type Returned = 'always' | 'never' | 'default' | 'request'
export type Uniqueness = 'none' | 'server' | 'global'

/** One attribute as RFC 7643 §7 describes it, with two facts of our own that are not published. */
export type AttributeDefinition = {
  readonly name: string
  readonly type: AttributeType
  readonly multiValued: boolean
  readonly description: string
  readonly required: boolean
  readonly caseExact: boolean
  readonly mutability: Mutability
  readonly returned: Returned
  readonly uniqueness: Uniqueness
  readonly canonicalValues?: readonly string[]
  readonly referenceTypes?: readonly string[]
  readonly subAttributes?: readonly AttributeDefinition[]
  /** Not published: longest value in UTF-16 units; indexed columns are bounded by what a B-tree entry holds. */
  readonly maxLength?: number
  /** Not published: false for what is computed and cannot be searched (the attribute then counts as absent). */
  readonly filterable?: false
}

export type SchemaDefinition = {
  readonly id: string
  readonly name: string
  readonly description: string
  readonly attributes: readonly AttributeDefinition[]
}

type Options = Partial<Omit<AttributeDefinition, 'name' | 'description'>>

/** An attribute with the defaults of RFC 7643 §2.2; references and binaries are case-exact (§2.3.6, §2.3.7). */
export function attribute(name: string, description: string, options: Options = {}): AttributeDefinition {
  const type = options.type ?? 'string'
  return {
    name,
    type,
    description,
    multiValued: false,
    required: false,
    caseExact: type === 'reference' || type === 'binary',
    mutability: 'readWrite',
    returned: 'default',
    uniqueness: 'none',
    ...options,
  }
}

/** A multi-valued complex attribute with the default sub-attributes of RFC 7643 §2.4. */
export function plural(
  name: string,
  description: string,
  types: readonly string[] | undefined,
  value: Options = {},
): AttributeDefinition {
  return attribute(name, description, {
    type: 'complex',
    multiValued: true,
    subAttributes: [
      attribute('value', `The significant value of one of the ${name}.`, value),
      attribute('display', 'A human-readable name, primarily used for display purposes.'),
      attribute(
        'type',
        "A label indicating the attribute's function.",
        types ? { canonicalValues: types } : {},
      ),
      attribute('primary', 'Whether this is the preferred value; true at most once.', { type: 'boolean' }),
    ],
  })
}
