import { attribute, type SchemaDefinition } from './attribute-definition.ts'
import { DIRECTORY_USER_SCHEMA } from './urns.ts'

/** What Muster itself knows of a user. Returned only when asked for by name, so that it costs nothing. */
export const directoryUserSchema: SchemaDefinition = {
  id: DIRECTORY_USER_SCHEMA,
  name: 'DirectoryUser',
  description: 'What the directory itself knows of a user',
  attributes: [
    attribute('managedBy', 'The id of the connection that manages the user.', {
      caseExact: true,
      mutability: 'readOnly',
      returned: 'request',
    }),
    attribute('effectiveRoles', 'The roles the user has, through whichever groups.', {
      type: 'complex',
      multiValued: true,
      mutability: 'readOnly',
      returned: 'request',
      filterable: false,
      subAttributes: [
        attribute('value', 'The id of the role.', { caseExact: true, mutability: 'readOnly' }),
        attribute('display', 'The name of the role.', { mutability: 'readOnly' }),
        attribute('via', 'The id of the group that grants the role.', {
          caseExact: true,
          mutability: 'readOnly',
        }),
      ],
    }),
  ],
}
