import type { ScimHandler } from './context.ts'
import {
  getResourceType,
  getResourceTypes,
  getSchema,
  getSchemas,
  getServiceProviderConfig,
} from './discovery.ts'
import { deleteGroupById, getGroup, getGroups, patchGroupById, postGroup, putGroup } from './groups.ts'
import { getRole, getRoles } from './roles.ts'
import { postGroupSearch, postRoleSearch, postUserSearch } from './search.ts'
import { deleteUserById, getUser, getUsers, patchUserById, postUser, putUser } from './users.ts'

type Methods = Readonly<Record<string, ScimHandler>>

/** The one table of SCIM paths and verbs (RFC 7644 §3.2); `:id` is one segment. HEAD is GET, OPTIONS is answered by the door. */
const ROUTES: Readonly<Record<string, Methods>> = {
  '/Users': { GET: getUsers, POST: postUser },
  '/Users/.search': { POST: postUserSearch },
  '/Users/:id': { GET: getUser, PUT: putUser, PATCH: patchUserById, DELETE: deleteUserById },
  '/Groups': { GET: getGroups, POST: postGroup },
  '/Groups/.search': { POST: postGroupSearch },
  '/Groups/:id': { GET: getGroup, PUT: putGroup, PATCH: patchGroupById, DELETE: deleteGroupById },
  '/Roles': { GET: getRoles },
  '/Roles/.search': { POST: postRoleSearch },
  '/Roles/:id': { GET: getRole },
  '/ServiceProviderConfig': { GET: getServiceProviderConfig },
  '/ResourceTypes': { GET: getResourceTypes },
  '/ResourceTypes/:id': { GET: getResourceType },
  '/Schemas': { GET: getSchemas },
  '/Schemas/:id': { GET: getSchema },
}

export type Match = { methods: Methods; id: string }

/** The route of a path below the SCIM base, or undefined. Resource names have no case to be forgiving about: one spelling. */
export function matchRoute(path: string): Match | undefined {
  const trimmed = path.endsWith('/') ? path.slice(0, -1) : path
  const exact = ROUTES[trimmed]
  if (exact && Object.hasOwn(ROUTES, trimmed)) return { methods: exact, id: '' }
  const slash = trimmed.indexOf('/', 1)
  if (slash < 0 || trimmed.includes('/', slash + 1)) return undefined
  const pattern = `${trimmed.slice(0, slash)}/:id`
  const methods = Object.hasOwn(ROUTES, pattern) ? ROUTES[pattern] : undefined
  return methods && { methods, id: decodeSegment(trimmed.slice(slash + 1)) }
}

/** `Allow` of a route (RFC 9110 §10.2.1). */
export function allowedMethods(methods: Methods): string {
  const own = Object.keys(methods)
  return [...own, ...(own.includes('GET') ? ['HEAD'] : []), 'OPTIONS'].join(', ')
}

function decodeSegment(segment: string): string {
  try {
    return decodeURIComponent(segment)
  } catch {
    return segment
  }
}
