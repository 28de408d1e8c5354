import { postBulk } from './bulk.ts'
import {
  getResourceType,
  getResourceTypes,
  getSchema,
  getSchemas,
  getServiceProviderConfig,
} from './discovery.ts'
import type { Routes } from './match-route.ts'
import { getMe } from './me.ts'
import { RESOURCE_ROUTES } from './resource-routes.ts'
import { getRole, getRoles } from './roles.ts'
import { getRoot, postRootSearch } from './root.ts'
import { postGroupSearch, postRoleSearch, postUserSearch } from './search.ts'

/** The one table of SCIM paths and verbs (RFC 7644 §3.2). HEAD is GET, OPTIONS is answered by the door. */
export const ROUTES: Routes = {
  ...RESOURCE_ROUTES,
  '': { GET: getRoot },
  '/.search': { POST: postRootSearch },
  '/Me': { GET: getMe },
  '/Users/.search': { POST: postUserSearch },
  '/Groups/.search': { POST: postGroupSearch },
  '/Roles': { GET: getRoles },
  '/Roles/.search': { POST: postRoleSearch },
  '/Roles/:id': { GET: getRole },
  '/Bulk': { POST: postBulk },
  '/ServiceProviderConfig': { GET: getServiceProviderConfig },
  '/ResourceTypes': { GET: getResourceTypes },
  '/ResourceTypes/:id': { GET: getResourceType },
  '/Schemas': { GET: getSchemas },
  '/Schemas/:id': { GET: getSchema },
}
