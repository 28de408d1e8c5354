import type { ScimHandler } from './context.ts'
import { searchGroups } from './groups.ts'
import { searchParameters } from './lists.ts'
import { searchRoles } from './roles.ts'
import { searchUsers } from './users.ts'

// POST …/.search (RFC 7644 §3.4.3): a list whose parameters are in the body.
export const postUserSearch: ScimHandler = (context) => searchUsers(context, searchParameters(context.body))
export const postGroupSearch: ScimHandler = (context) => searchGroups(context, searchParameters(context.body))
export const postRoleSearch: ScimHandler = (context) => searchRoles(context, searchParameters(context.body))
