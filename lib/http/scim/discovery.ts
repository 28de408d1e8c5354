import { MAX_BULK_OPERATIONS } from '#lib/scim/bulk-request'
import { listResponseText } from '#lib/scim/messages'
import { resourceTypeDocument } from '#lib/scim/schema/resource-type-document'
import { schemaDocument, schemasOfDefinitions } from '#lib/scim/schema/schema-document'
import { serviceProviderConfig } from '#lib/scim/schema/service-provider-config'
import { ScimError } from '#lib/scim/scim-error'
import { MAX_BODY_BYTES } from './bounds.ts'
import type { ScimAnswer, ScimContext, ScimHandler } from './context.ts'

export const getServiceProviderConfig: ScimHandler = async (context) => {
  refuseFilter(context)
  const document = serviceProviderConfig({
    baseUrl: context.scimBaseUrl,
    maxBulkOperations: MAX_BULK_OPERATIONS,
    maxBulkPayloadBytes: MAX_BODY_BYTES,
    cursorLifetimeSeconds: 24 * 3600,
    staticTokens: true,
  })
  return one(context, 'the service provider configuration', document)
}

export const getResourceTypes: ScimHandler = async (context) => {
  refuseFilter(context)
  return many(context, 'resource types', resourceTypes(context))
}

export const getResourceType: ScimHandler = async (context) => {
  const found = resourceTypes(context).find(({ id }) => id.toLowerCase() === context.id.toLowerCase())
  if (!found)
    throw new ScimError(
      404,
      undefined,
      `There is no resource type ${context.id.slice(0, 100)}. GET /ResourceTypes lists them.`,
    )
  return one(context, `the resource type ${found.id}`, found)
}

export const getSchemas: ScimHandler = async (context) => {
  refuseFilter(context)
  return many(context, 'schemas', schemas(context))
}

export const getSchema: ScimHandler = async (context) => {
  const found = schemas(context).find(({ id }) => id.toLowerCase() === context.id.toLowerCase())
  if (!found)
    throw new ScimError(
      404,
      undefined,
      `There is no schema ${context.id.slice(0, 200)}. GET /Schemas lists them.`,
    )
  return one(context, `the schema ${found.id}`, found)
}

function resourceTypes({ definitions, scimBaseUrl }: ScimContext) {
  return [definitions.User, definitions.Group, definitions.Role].map((type) =>
    resourceTypeDocument(type, scimBaseUrl),
  )
}

function schemas({ definitions, scimBaseUrl }: ScimContext) {
  const { User, Group, Role } = definitions
  return schemasOfDefinitions({ User, Group, Role }).map((schema) => schemaDocument(schema, scimBaseUrl))
}

/** RFC 7644 §4: a filter on these endpoints is refused with 403. */
function refuseFilter({ query }: ScimContext): void {
  if (query.has('filter'))
    throw new ScimError(403, undefined, 'This endpoint does not take a filter (RFC 7644 §4). Leave it out.')
}

function one(context: ScimContext, what: string, document: object): ScimAnswer {
  context.exchange.action = 'discovery.read'
  context.exchange.summary = `read ${what}`
  return { status: 200, body: JSON.stringify(document) }
}

function many(context: ScimContext, what: string, documents: object[]): ScimAnswer {
  context.exchange.action = 'discovery.read'
  context.exchange.summary = `read the ${what}`
  const resources = documents.map((document) => JSON.stringify(document))
  return {
    status: 200,
    body: listResponseText({
      totalResults: resources.length,
      startIndex: 1,
      itemsPerPage: resources.length,
      resources,
    }),
  }
}
