import type { JsonObject } from '../json-value.ts'
import type { ResourceDefinition } from '../schema/resource-definition.ts'

/** The `schemas` of a stored resource: the core schema, then each extension it has attributes of. */
export function schemasOf(attributes: JsonObject, definition: ResourceDefinition): string[] {
  const schemas = [definition.schema.id]
  for (const { schema } of definition.extensions.values()) {
    if (Object.hasOwn(attributes, schema.id)) schemas.push(schema.id)
  }
  return schemas
}
