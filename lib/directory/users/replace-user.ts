import { readResource } from '#lib/scim/resource/read-resource'
import type { ResourceDefinition } from '#lib/scim/schema/resource-definition'
import type { Write } from '../write.ts'
import { type UpdatedUser, updateUser } from './update-user.ts'

/**
 * PUT (RFC 7644 §3.5.1): what the body does not say is cleared, except `active` (Okta may leave it out) and what is
 * readOnly. `check` may refuse by version (412).
 */
export function replaceUser(
  write: Write,
  id: string,
  body: unknown,
  definition: ResourceDefinition,
  check: (version: number) => void = () => undefined,
): Promise<UpdatedUser> {
  return updateUser(write, id, definition, (stored, row) => {
    check(row.version)
    return readResource(body, definition, 'replace', stored)
  })
}
