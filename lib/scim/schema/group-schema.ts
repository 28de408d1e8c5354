import { attribute, type SchemaDefinition } from './attribute-definition.ts'
import { GROUP_SCHEMA } from './urns.ts'

/** RFC 7643 §4.2. Members are kept as rows, never inside the stored resource. */
export const groupSchema: SchemaDefinition = {
  id: GROUP_SCHEMA,
  name: 'Group',
  description: 'Group',
  attributes: [
    attribute('displayName', 'A human-readable name for the group.', {
      required: true,
      uniqueness: 'server',
      maxLength: 512,
    }),
    attribute('members', 'The members of the group.', {
      type: 'complex',
      multiValued: true,
      subAttributes: [
        attribute('value', 'The id of the member.', { caseExact: true, mutability: 'immutable' }),
        attribute('$ref', 'The URI of the member.', {
          type: 'reference',
          referenceTypes: ['User', 'Group'],
          mutability: 'immutable',
        }),
        attribute('type', 'The type of the member.', {
          canonicalValues: ['User', 'Group'],
          mutability: 'immutable',
        }),
        attribute('display', 'A human-readable name of the member.', { mutability: 'readOnly' }),
      ],
    }),
  ],
}
