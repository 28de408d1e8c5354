import type { SchemaDefinition } from './attribute-definition.ts'
import { directoryUserSchema } from './directory-user-schema.ts'
import { enterpriseUserSchema } from './enterprise-user-schema.ts'
import { groupSchema } from './group-schema.ts'
import { defineResource, type ResourceDefinition, type ResourceType } from './resource-definition.ts'
import { roleSchema } from './role-schema.ts'
import { userSchema } from './user-schema.ts'

export const userType: ResourceType = {
  name: 'User',
  endpoint: '/Users',
  description: 'User Account',
  schema: userSchema,
  extensions: [enterpriseUserSchema, directoryUserSchema],
}

const groupType: ResourceType = {
  name: 'Group',
  endpoint: '/Groups',
  description: 'Group',
  schema: groupSchema,
  extensions: [],
}

const roleType: ResourceType = {
  name: 'Role',
  endpoint: '/Roles',
  description: 'Role',
  schema: roleSchema,
  extensions: [],
}

/** The three resource types of one team. Team extensions extend the User. */
export type Definitions = {
  readonly User: ResourceDefinition
  readonly Group: ResourceDefinition
  readonly Role: ResourceDefinition
}

const groupDefinition = defineResource(groupType, [])
const roleDefinition = defineResource(roleType, [])

/**
 * The definitions for a team with these extension schemas of its own, and the URNs of those it removed. Compute once, keep
 * with the team.
 */
export function defineResources(
  teamExtensions: readonly SchemaDefinition[],
  retired: readonly string[] = [],
): Definitions {
  return {
    User: defineResource(userType, teamExtensions, retired),
    Group: groupDefinition,
    Role: roleDefinition,
  }
}

/** The definitions of a team without extensions of its own. */
export const standardDefinitions: Definitions = defineResources([])
