import type { JsonObject } from '#lib/scim/json-value'
import {
  applyProjection,
  needsProjection,
  type ProjectionParameters,
  parseProjection,
} from '#lib/scim/projection'
import type { ResourceDefinition } from '#lib/scim/schema/resource-definition'

/** How resources of one answer are cut to `attributes` and `excludedAttributes`: usually not at all. */
export function projector(
  parameters: ProjectionParameters,
  definition: ResourceDefinition,
): (text: string) => string {
  if (!needsProjection(parameters, definition)) return (text) => text
  const projection = parseProjection(parameters, definition)
  return (text) => JSON.stringify(applyProjection(projection, JSON.parse(text) as JsonObject))
}
