import type { JsonObject } from '../json-value.ts'
import type { ResourceDefinition } from '../schema/resource-definition.ts'

/** The `schemas` of a stored resource: the core schema, then each extension it has attributes of, removed ones as well. */
export function schemasOf(attributes: JsonObject, definition: ResourceDefinition): string[] {
  const schemas = [definition.schema.id]
  for (const { schema } of definition.extensions.values()) {
    if (Object.hasOwn(attributes, schema.id)) schemas.push(schema.id)
  }
  for (const key of Object.keys(attributes)) if (definition.retired.has(key.toLowerCase())) schemas.push(key)
  return schemas
}
