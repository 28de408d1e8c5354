import { applyPatch } from '#lib/scim/patch/apply-patch'
import { parsePatchRequest } from '#lib/scim/patch/parse-patch-request'
import type { ResourceDefinition } from '#lib/scim/schema/resource-definition'
import type { Write } from '../write.ts'
import { type UpdatedUser, updateUser } from './update-user.ts'

/** PATCH (RFC 7644 §3.5.2), all or nothing. `check` may refuse by version (412). */
export function patchUser(
  write: Write,
  id: string,
  body: unknown,
  definition: ResourceDefinition,
  check: (version: number) => void = () => undefined,
): Promise<UpdatedUser> {
  const request = parsePatchRequest(body)
  return updateUser(write, id, definition, (stored, row) => {
    check(row.version)
    const { resource, notes } = applyPatch(stored, request.operations, definition)
    return { attributes: resource, notes: [...request.notes, ...notes] }
  })
}
