import { describe, expect, test } from 'vitest'
import { plural } from './attribute-definition.ts'
import { findAttribute, findSub, printPath } from './find-attribute.ts'
import { resourceTypeDocument } from './resource-type-document.ts'
import { standardDefinitions } from './resource-types.ts'
import { schemaDocument, schemasOfDefinitions } from './schema-document.ts'
import { serviceProviderConfig } from './service-provider-config.ts'
import { userSchema } from './user-schema.ts'

const baseUrl = 'https://m.example/scim/v2'
const core = 'urn:ietf:params:scim:schemas:core:2.0:User'
const enterprise = 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User'
const { User, Group, Role } = standardDefinitions

describe('what the server says of itself', () => {
  test('resource types, with the extensions of the User (RFC 7643 §6)', () => {
    expect(resourceTypeDocument(User, baseUrl)).toEqual({
      schemas: ['urn:ietf:params:scim:schemas:core:2.0:ResourceType'],
      id: 'User',
      name: 'User',
      endpoint: '/Users',
      description: 'User Account',
      schema: core,
      schemaExtensions: [
        { schema: enterprise, required: false },
        { schema: 'urn:muster:scim:schemas:extension:directory:1.0:User', required: false },
      ],
      meta: { resourceType: 'ResourceType', location: `${baseUrl}/ResourceTypes/User` },
    })
    expect(resourceTypeDocument(Group, baseUrl)).toMatchObject({ endpoint: '/Groups', description: 'Group' })
    expect(resourceTypeDocument(Group, baseUrl)).not.toHaveProperty('schemaExtensions')
    expect(resourceTypeDocument(Role, baseUrl)).toMatchObject({
      name: 'Role',
      endpoint: '/Roles',
      description: 'Role',
      schema: 'urn:okta:scim:schemas:core:1.0:Role',
    })
  })
  test('schemas, without what is our own affair', () => {
    const document = schemaDocument(userSchema, baseUrl)
    expect(document).toMatchObject({
      schemas: ['urn:ietf:params:scim:schemas:core:2.0:Schema'],
      id: core,
      name: 'User',
      meta: { resourceType: 'Schema', location: `${baseUrl}/Schemas/${core}` },
    })
    expect(JSON.stringify(document)).not.toMatch(/maxLength|filterable/)
    expect(schemasOfDefinitions(standardDefinitions).map((schema) => schema.name)).toEqual([
      'User',
      'EnterpriseUser',
      'DirectoryUser',
      'Group',
      'Role',
    ])
  })
  const facts = {
    baseUrl,
    maxBulkOperations: 10,
    maxBulkPayloadBytes: 99,
    cursorLifetimeSeconds: 60,
    staticTokens: true,
  }
  test('its configuration (RFC 7643 §5, RFC 9865 §4)', () => {
    expect(serviceProviderConfig({ ...facts, documentationUri: 'https://d' })).toEqual({
      schemas: ['urn:ietf:params:scim:schemas:core:2.0:ServiceProviderConfig'],
      documentationUri: 'https://d',
      patch: { supported: true },
      bulk: { supported: true, maxOperations: 10, maxPayloadSize: 99 },
      filter: { supported: true, maxResults: 1000 },
      changePassword: { supported: false },
      sort: { supported: true },
      etag: { supported: true },
      pagination: {
        cursor: true,
        index: true,
        defaultPaginationMethod: 'index',
        defaultPageSize: 100,
        maxPageSize: 1000,
        cursorTimeout: 60,
      },
      authenticationSchemes: [
        expect.objectContaining({
          type: 'oauth2',
          primary: true,
          specUri: 'https://www.rfc-editor.org/info/rfc6749',
        }),
        expect.objectContaining({
          type: 'oauthbearertoken',
          specUri: 'https://www.rfc-editor.org/info/rfc6750',
        }),
        expect.objectContaining({
          type: 'httpbasic',
          specUri: 'https://www.rfc-editor.org/info/rfc7617',
        }),
      ],
      meta: { resourceType: 'ServiceProviderConfig', location: `${baseUrl}/ServiceProviderConfig` },
    })
  })
  test('is silent about what it does not offer', () => {
    const config = serviceProviderConfig({ ...facts, maxBulkOperations: 0, staticTokens: false })
    expect(config).not.toHaveProperty('documentationUri')
    expect(config.bulk.supported).toBe(false)
    expect(config.authenticationSchemes.map(({ type }) => type)).toEqual(['oauth2'])
  })
})

describe('attributes are found by path, without regard to case', () => {
  const found = (uri: string | undefined, name: string, sub?: string) => {
    const result = findAttribute(User, { ...(uri && { uri }), name, ...(sub && { sub }) })
    return result.kind === 'attribute' ? result.attribute.path : result
  }
  test.each<[string | undefined, string, string | undefined, unknown]>([
    [undefined, 'USERNAME', undefined, 'userName'],
    [undefined, 'Name', 'GIVENname', 'name.givenName'],
    [undefined, 'userName', 'value', 'userName'],
    [undefined, 'userName', 'Other', { kind: 'unknown', schema: true }],
    [undefined, 'meta', 'created', 'meta.created'],
    [core.toUpperCase(), 'title', undefined, 'title'],
    [enterprise.toUpperCase(), 'manager', 'VALUE', `${enterprise}:manager.value`],
    [enterprise, 'title', undefined, { kind: 'unknown', schema: true }],
    ['urn:nobody', 'title', undefined, { kind: 'unknown', schema: false }],
    [undefined, 'shoeSize', undefined, { kind: 'unknown', schema: true }],
    [undefined, 'name', 'shoe', { kind: 'unknown', schema: true }],
    [
      'urn:ietf:params:scim:schemas:extension:enterprise',
      '2',
      '0:User',
      { kind: 'extension', extension: User.extensions.get(enterprise.toLowerCase()) },
    ],
  ])('%s %s %s', (uri, name, sub, expected) => {
    expect(found(uri, name, sub)).toEqual(expected)
  })
  test('a sub-attribute knows where it is', () => {
    const manager = User.extensions.get(enterprise.toLowerCase())?.attributes.get('manager')
    if (!manager) throw new Error('no manager')
    expect(findSub(manager, '$REF')).toMatchObject({
      path: `${enterprise}:manager.$ref`,
      extension: enterprise,
      parent: manager,
    })
    expect(findSub(manager, 'x')).toBeUndefined()
    expect(printPath({ uri: 'urn:x', name: 'a', sub: 'b' })).toBe('urn:x:a.b')
    expect(printPath({ name: 'a' })).toBe('a')
  })
})

test('a multi-valued attribute has the sub-attributes of RFC 7643 §2.4', () => {
  expect(plural('keys', 'Keys.', ['work'], { maxLength: 5 })).toMatchObject({
    name: 'keys',
    type: 'complex',
    multiValued: true,
    subAttributes: [
      { name: 'value', description: 'The significant value of one of the keys.', maxLength: 5 },
      { name: 'display' },
      { name: 'type', canonicalValues: ['work'] },
      { name: 'primary', type: 'boolean' },
    ],
  })
  expect(plural('keys', '', undefined).subAttributes?.[2]).not.toHaveProperty('canonicalValues')
})
