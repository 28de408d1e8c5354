import type { ResourceDefinition } from './resource-definition.ts'
import { RESOURCE_TYPE_SCHEMA } from './urns.ts'

/**
 * One resource type as `/ResourceTypes/{name}` publishes it (RFC 7643 §6). Okta's entitlement discovery reads it
 * to find `/Roles`. `baseUrl` has no trailing slash.
 */
export function resourceTypeDocument(definition: ResourceDefinition, baseUrl: string) {
  const extensions = [...definition.extensions.values()]
  return {
    schemas: [RESOURCE_TYPE_SCHEMA],
    id: definition.name,
    name: definition.name,
    endpoint: definition.endpoint,
    description: definition.description,
    schema: definition.schema.id,
    ...(extensions.length > 0 && {
      schemaExtensions: extensions.map(({ schema, required }) => ({ schema: schema.id, required })),
    }),
    meta: { resourceType: 'ResourceType', location: `${baseUrl}/ResourceTypes/${definition.name}` },
  }
}
