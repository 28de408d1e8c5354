import { attribute } from './attribute-definition.ts'

/** The attributes every resource has (RFC 7643 §3, §3.1). They are not listed by `/Schemas`. */
export const commonAttributes = [
  attribute('schemas', 'The URIs of the schemas in which the attributes of this resource are defined.', {
    type: 'reference',
    referenceTypes: ['uri'],
    multiValued: true,
    mutability: 'readOnly',
    returned: 'always',
  }),
  attribute('id', 'The identifier the service provider gave to the resource.', {
    caseExact: true,
    mutability: 'readOnly',
    returned: 'always',
    uniqueness: 'server',
  }),
  attribute('externalId', 'The identifier the provisioning client gave to the resource.', {
    caseExact: true,
    maxLength: 512,
  }),
  attribute('meta', 'Resource metadata.', {
    type: 'complex',
    mutability: 'readOnly',
    subAttributes: [
      attribute('resourceType', 'The name of the resource type.', {
        caseExact: true,
        mutability: 'readOnly',
      }),
      attribute('created', 'When the resource was created.', { type: 'dateTime', mutability: 'readOnly' }),
      attribute('lastModified', 'When the resource was last changed.', {
        type: 'dateTime',
        mutability: 'readOnly',
      }),
      attribute('location', 'The URI of the resource.', {
        type: 'reference',
        referenceTypes: ['uri'],
        mutability: 'readOnly',
      }),
      attribute('version', 'The version of the resource, its ETag.', {
        caseExact: true,
        mutability: 'readOnly',
      }),
    ],
  }),
] as const
