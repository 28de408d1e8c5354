import { attribute, type SchemaDefinition } from './attribute-definition.ts'
import { ENTERPRISE_USER_SCHEMA } from './urns.ts'

/** RFC 7643 §4.3. */
export const enterpriseUserSchema: SchemaDefinition = {
  id: ENTERPRISE_USER_SCHEMA,
  name: 'EnterpriseUser',
  description: 'Enterprise User',
  attributes: [
    attribute('employeeNumber', 'A numeric or alphanumeric identifier given by the organization.'),
    attribute('costCenter', 'The name of a cost center.'),
    attribute('organization', 'The name of an organization.'),
    attribute('division', 'The name of a division.'),
    attribute('department', 'The name of a department.'),
    attribute('manager', "The user's manager.", {
      type: 'complex',
      subAttributes: [
        attribute('value', "The id of the User resource that is the user's manager.", { caseExact: true }),
        attribute('$ref', 'The URI of that User resource.', { type: 'reference', referenceTypes: ['User'] }),
        // The RFC makes it readOnly; Okta and Entra send it, and a server that cannot look the name up
        // (the manager may not be provisioned) would otherwise never show one.
        attribute('displayName', 'The display name of the manager.'),
      ],
    }),
  ],
}
