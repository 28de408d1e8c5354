import type { AttributeDefinition, SchemaDefinition } from './attribute-definition.ts'
import type { Definitions } from './resource-types.ts'
import { SCHEMA_SCHEMA } from './urns.ts'

/** One schema as `/Schemas/{urn}` publishes it (RFC 7643 §7). `baseUrl` has no trailing slash. */
export function schemaDocument(schema: SchemaDefinition, baseUrl: string) {
  return {
    schemas: [SCHEMA_SCHEMA],
    id: schema.id,
    name: schema.name,
    description: schema.description,
    attributes: schema.attributes.map(publish),
    meta: { resourceType: 'Schema', location: `${baseUrl}/Schemas/${schema.id}` },
  }
}

/** Every schema of a team, core schemas and extensions, each once. */
export function schemasOfDefinitions(definitions: Definitions): SchemaDefinition[] {
  return Object.values(definitions).flatMap((definition) => [
    definition.schema,
    ...[...definition.extensions.values()].map((extension) => extension.schema),
  ])
}

type Published = Omit<AttributeDefinition, 'maxLength' | 'filterable' | 'subAttributes'> & {
  subAttributes?: Published[]
}

/** In the order of the RFC's own examples; `caseExact` and `uniqueness` say nothing of a boolean or a complex. */
function publish(definition: AttributeDefinition): Published {
  const { maxLength, filterable, subAttributes, ...published } = definition
  return subAttributes ? { ...published, subAttributes: subAttributes.map(publish) } : published
}
