import type { AttributeDefinition, SchemaDefinition } from './attribute-definition.ts'
import { commonAttributes } from './common-attributes.ts'

/** An attribute definition made ready for look-ups: with its place in the resource and its children by name. */
export type Attribute = AttributeDefinition & {
  /** Canonical path: `userName`, `name.givenName`, `urn:…:enterprise:2.0:User:manager.displayName`. */
  readonly path: string
  /** URN of the extension whose object holds the attribute; undefined for core and common attributes. */
  readonly extension: string | undefined
  readonly parent: Attribute | undefined
  /** Sub-attributes by lower-cased name; empty for what is not complex. */
  readonly sub: ReadonlyMap<string, Attribute>
}

export type Extension = {
  readonly schema: SchemaDefinition
  readonly required: boolean
  /** By lower-cased name. */
  readonly attributes: ReadonlyMap<string, Attribute>
}

export type ResourceTypeName = 'User' | 'Group' | 'Role'

/** A resource type with everything a request needs, computed once per team and resource type. */
export type ResourceDefinition = {
  readonly name: ResourceTypeName
  readonly endpoint: string
  readonly description: string
  readonly schema: SchemaDefinition
  /** Core and common attributes by lower-cased name. */
  readonly attributes: ReadonlyMap<string, Attribute>
  /** By lower-cased URN. */
  readonly extensions: ReadonlyMap<string, Extension>
  /** Lower-cased URNs of extensions that the team removed: what is stored under them is kept, and not shown. */
  readonly retired: ReadonlySet<string>
  /** True when a stored resource may hold attributes that are not returned by default (see projection.ts). */
  readonly storesHidden: boolean
}

export type ResourceType = {
  readonly name: ResourceTypeName
  readonly endpoint: string
  readonly description: string
  readonly schema: SchemaDefinition
  readonly extensions: readonly SchemaDefinition[]
}

/**
 * Merges a resource type and a team's own extension schemas into one definition. Call it once per team and keep
 * the result: it is immutable and holds every look-up table.
 */
export function defineResource(
  type: ResourceType,
  teamExtensions: readonly SchemaDefinition[],
  retired: readonly string[] = [],
): ResourceDefinition {
  const extensions = new Map<string, Extension>()
  for (const schema of [...type.extensions, ...teamExtensions]) {
    extensions.set(schema.id.toLowerCase(), {
      schema,
      required: false,
      attributes: compile(schema.attributes, schema.id, undefined),
    })
  }
  return {
    name: type.name,
    endpoint: type.endpoint,
    description: type.description,
    schema: type.schema,
    attributes: compile([...commonAttributes, ...type.schema.attributes], undefined, undefined),
    extensions,
    retired: new Set(retired.map((urn) => urn.toLowerCase())),
    storesHidden: retired.length > 0 || teamExtensions.some((schema) => schema.attributes.some(isHidden)),
  }
}

function compile(
  definitions: readonly AttributeDefinition[],
  extension: string | undefined,
  parent: Attribute | undefined,
): ReadonlyMap<string, Attribute> {
  const attributes = new Map<string, Attribute>()
  for (const definition of definitions) {
    const prefix = parent ? `${parent.path}.` : extension ? `${extension}:` : ''
    const sub = new Map<string, Attribute>()
    const compiled: Attribute = { ...definition, path: prefix + definition.name, extension, parent, sub }
    for (const [name, child] of compile(definition.subAttributes ?? [], extension, compiled))
      sub.set(name, child)
    attributes.set(definition.name.toLowerCase(), compiled)
  }
  return attributes
}

function isHidden(definition: AttributeDefinition): boolean {
  return (
    definition.returned === 'never' ||
    definition.returned === 'request' ||
    (definition.subAttributes?.some(isHidden) ?? false)
  )
}
