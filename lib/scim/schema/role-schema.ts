import { attribute, type SchemaDefinition } from './attribute-definition.ts'
import { ROLE_SCHEMA } from './urns.ts'

/** What Okta's entitlement discovery reads: a role with a name and a description (at most 1,000 characters). */
export const roleSchema: SchemaDefinition = {
  id: ROLE_SCHEMA,
  name: 'Role',
  description: 'Role',
  attributes: [
    attribute('displayName', 'A human-readable name for the role.', {
      required: true,
      mutability: 'readOnly',
      maxLength: 512,
    }),
    attribute('description', 'What the role allows.', { mutability: 'readOnly', maxLength: 1000 }),
  ],
}
