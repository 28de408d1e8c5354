import { type DirectoryFacts, directoryFacts } from '#lib/directory/users/directory-facts'
import { type LongText, wholeOf } from '#lib/platform/long-text'
import type { Attributes, JsonObject } from '#lib/scim/json-value'
import {
  applyProjection,
  isProjected,
  needsProjection,
  type ProjectionParameters,
  parseProjection,
} from '#lib/scim/projection'
import type { ResourceDefinition } from '#lib/scim/schema/resource-definition'
import { DIRECTORY_USER_SCHEMA } from '#lib/scim/schema/urns'
import type { ScimContext } from './context.ts'

/** A text in pieces stays one unless something of it is left out. */
type Project = <Text extends LongText>(text: Text) => Text | string

/** How resources of one answer are cut to `attributes` and `excludedAttributes`: usually not at all. */
export function projector(
  parameters: ProjectionParameters,
  definition: ResourceDefinition,
  facts?: ReadonlyMap<string, DirectoryFacts>,
): Project {
  if (!needsProjection(parameters, definition)) return (text) => text
  const projection = parseProjection(parameters, definition)
  return (text) => {
    const resource = JSON.parse(wholeOf(text)) as Attributes
    if (facts) addFacts(resource, facts)
    return JSON.stringify(applyProjection(projection, resource as JsonObject))
  }
}

/** The same for users, with what Muster itself knows of them where the answer asks for it by name. */
export async function userProjector(
  { caller, definitions, scimBaseUrl }: ScimContext,
  parameters: ProjectionParameters,
  userIds: readonly string[],
): Promise<Project> {
  const definition = definitions.User
  const wanted =
    needsProjection(parameters, definition) &&
    FACTS.some((path) => isProjected(parseProjection(parameters, definition), path))
  return projector(
    parameters,
    definition,
    wanted ? await directoryFacts(caller.teamId, userIds, scimBaseUrl) : undefined,
  )
}

const FACTS = ['managedBy', 'effectiveRoles'].map((name) => `${DIRECTORY_USER_SCHEMA}:${name}`)

function addFacts(resource: Attributes, byId: ReadonlyMap<string, DirectoryFacts>): void {
  const facts = byId.get(String(resource.id))
  if (!facts || Object.keys(facts).length === 0) return
  resource.schemas = [...(resource.schemas as string[]), DIRECTORY_USER_SCHEMA]
  resource[DIRECTORY_USER_SCHEMA] = facts
}
