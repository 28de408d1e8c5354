import { attribute, type SchemaDefinition } from './attribute-definition.ts'
import { DIRECTORY_USER_SCHEMA } from './urns.ts'

const readOnly = { mutability: 'readOnly' } as const
const identifier = { caseExact: true, mutability: 'readOnly' } as const

/**
 * What Muster itself knows of a user. Returned only when asked for by name, so that it costs nothing otherwise; a client
 * that sends it back (Okta's PUT echoes what it read) is not refused.
 */
export const directoryUserSchema: SchemaDefinition = {
  id: DIRECTORY_USER_SCHEMA,
  name: 'DirectoryUser',
  description: 'What the directory itself knows of a user',
  attributes: [
    attribute('managedBy', 'The id of the connection that manages the user.', {
      ...identifier,
      returned: 'request',
    }),
    attribute('effectiveRoles', 'The roles the user has: one value for each reason to have one.', {
      type: 'complex',
      multiValued: true,
      mutability: 'readOnly',
      returned: 'request',
      subAttributes: [
        attribute('value', 'The id of the role.', identifier),
        attribute('$ref', 'The URI of the role.', {
          type: 'reference',
          referenceTypes: ['Role'],
          mutability: 'readOnly',
        }),
        attribute('display', 'The name of the role.', readOnly),
        attribute('type', 'Through a group, one around it, everyone’s, or assigned to the user itself.', {
          canonicalValues: ['direct', 'indirect', 'everyone', 'assigned'],
          mutability: 'readOnly',
        }),
        attribute('via', 'The id of the group that grants the role.', identifier),
        attribute('viaDisplay', 'The name of that group.', readOnly),
      ],
    }),
  ],
}
