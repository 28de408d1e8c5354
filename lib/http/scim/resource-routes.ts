import type { ScimHandler } from './context.ts'
import { deleteGroupById, getGroup, getGroups, patchGroupById, postGroup, putGroup } from './groups.ts'
import type { Routes } from './match-route.ts'
import { deleteUserById, getUser, getUsers, patchUserById, postUser, putUser } from './users.ts'

/** What a client may write: also what an operation of a bulk request may be addressed to (RFC 7644 §3.7). */
export const RESOURCE_ROUTES: Routes = {
  '/Users': { GET: getUsers, POST: postUser },
  '/Users/:id': { GET: getUser, PUT: putUser, PATCH: patchUserById, DELETE: deleteUserById },
  '/Groups': { GET: getGroups, POST: postGroup },
  '/Groups/:id': { GET: getGroup, PUT: putGroup, PATCH: patchGroupById, DELETE: deleteGroupById },
}

/**
 * Whose first statement proves the permit, or who confirm it themselves before they write, so that the token of a known
 * caller needs no check of its own in front. What is not in here is checked first.
 */
export const PROVING: ReadonlySet<ScimHandler> = new Set([
  getUser,
  getUsers,
  postUser,
  putUser,
  patchUserById,
  getGroup,
  postGroup,
  patchGroupById,
])
